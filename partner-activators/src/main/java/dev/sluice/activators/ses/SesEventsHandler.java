package dev.sluice.activators.ses;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import dev.sluice.activators.Environment;
import dev.sluice.activators.messages.MessageLog;
import org.jspecify.annotations.Nullable;

/**
 * What SES publishes of bounces and complaints, as SNS brings it. One that cannot be read fails, so that Lambda puts it where
 * failed events go; one that says nothing against an address is done.
 */
public final class SesEventsHandler implements RequestHandler<SNSEvent, @Nullable Void> {
    private final SesEvents events;

    /** As Lambda makes it. */
    public SesEventsHandler() {
        this(SesWiring.log(new Environment(System.getenv())));
    }

    SesEventsHandler(MessageLog log) {
        this.events = new SesEvents(log);
    }

    @Override
    public @Nullable Void handleRequest(SNSEvent event, Context context) {
        for (SNSEvent.SNSRecord record : event.getRecords()) {
            events.take(record.getSNS().getMessage());
        }
        return null;
    }
}
