package dev.sluice.activators.messages;

import dev.sluice.activators.Delivery;
import dev.sluice.model.activation.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes what a campaign says to somebody, a message to each address. Thread-safe. */
record Writing(Channel channel) {
    /** What came of it. */
    sealed interface Written {}

    /** @param messages one to each address */
    record Messages(List<Message> messages) implements Written {
        Messages {
            messages = List.copyOf(messages);
        }
    }

    /** @param reason what stands in the way */
    record Failed(String reason) implements Written {}

    Written write(
            Campaign campaign, Connection connection, Delivery delivery, Recipient recipient, List<String> addresses) {
        List<Message> messages = new ArrayList<>();
        for (String address : addresses) {
            var target = new Channel.Target(connection, delivery.person(), address, campaign.topic());
            Map<String, Object> values = campaign.values(recipient, channel.provided(target));
            Map<String, Template> templates = campaign.templates(recipient.locale());
            Map<String, String> parts = new HashMap<>();
            for (Part part : channel.parts()) {
                Template template = templates.get(part.name());
                if (template != null) {
                    switch (template.fill(values, part.most())) {
                        case Template.Filled.Failed(String reason) -> {
                            return new Failed(part.name() + ": " + reason);
                        }
                        case Template.Filled.Text(String text) -> parts.put(part.name(), text);
                    }
                }
            }
            messages.add(new Message(delivery.id(), target, parts, delivery.at().plus(campaign.ttl())));
        }
        return new Messages(messages);
    }
}
