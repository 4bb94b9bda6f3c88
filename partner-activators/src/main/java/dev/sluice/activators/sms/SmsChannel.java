package dev.sluice.activators.sms;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.messages.Channel;
import dev.sluice.activators.messages.Message;
import dev.sluice.activators.messages.Part;
import dev.sluice.activators.messages.Settings;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Text messages to phones. One of which it is not known whether it was sent is not sent again. */
public final class SmsChannel implements Channel {
    /** What one number may send in most countries; the service's answers say when that is too much. */
    private static final PartnerLimits LIMITS = new PartnerLimits(1, 8, 10, Duration.ofSeconds(20));

    private static final int MOST_MESSAGES = 4;

    private final SmsGateway gateway;

    public SmsChannel(SmsGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return "sms";
    }

    @Override
    public PartnerLimits limits() {
        return LIMITS;
    }

    /** As many as fit into {@link #MOST_MESSAGES}, at most; other alphabets take more room. */
    @Override
    public List<Part> parts() {
        return List.of(new Part("body", false, true, 612));
    }

    @Override
    public Set<String> settings() {
        return gateway.settings();
    }

    @Override
    public void check(Connection connection, Settings settings) {
        gateway.check(settings);
    }

    /** Only numbers that begin with + and the country's code: which country is meant is not guessed. */
    @Override
    public List<String> addresses(Value.Fields traits) {
        if (!(traits.find("phone").orElse(Value.NOTHING) instanceof Value.Text(String phone)) || phone.length() > 40) {
            return List.of();
        }
        String number = phone.replaceAll("[\\s().-]", "");
        return number.matches("\\+[1-9][0-9]{7,14}") ? List.of(number) : List.of();
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public Result send(Message message) {
        return SmsText.messages(message.parts().getOrDefault("body", "")) > MOST_MESSAGES
                ? new Result.Answered(
                        new Outcome.Rejected("the text is longer than " + MOST_MESSAGES + " text messages"),
                        Pace.UNSAID)
                : gateway.send(message);
    }
}
