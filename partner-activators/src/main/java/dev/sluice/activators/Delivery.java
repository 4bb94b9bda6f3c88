package dev.sluice.activators;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentChange;
import java.time.Instant;

/**
 * That a person entered or left a segment, as one partner is told. Immutable.
 *
 * @param id the same however often it is sent
 * @param segment our own id
 * @param audience the partner's id of it
 * @param at event time of entering or leaving
 * @param version of the profile at which the membership changed
 * @param recipient as {@link Partner#recipient} named the person
 */
public record Delivery(
        String id,
        PersonKey person,
        String segment,
        String audience,
        SegmentChange.Direction direction,
        Instant at,
        long version,
        int ruleSet,
        Cause cause,
        String recipient) {}
