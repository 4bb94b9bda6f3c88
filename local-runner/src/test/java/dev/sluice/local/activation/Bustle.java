package dev.sluice.local.activation;

import dev.sluice.model.activation.ProfileChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * People who cannot make up their minds, by a seed: those of audiences enter and leave three segments, those of campaigns
 * one; some take back their consents. Not thread-safe.
 */
final class Bustle {
    private static final int OF_AUDIENCES = 60;
    private static final int OF_CAMPAIGNS = 50;

    private final Crowd crowd;
    private final Stays stays;
    private final Random random;
    private final List<ProfileChange> before = new ArrayList<>();

    Bustle(Crowd crowd, Stays stays, Random random) {
        this.crowd = crowd;
        this.stays = stays;
        this.random = random;
    }

    static List<String> ofAudiences() {
        return IntStream.range(0, OF_AUDIENCES).mapToObj(i -> "a" + i).toList();
    }

    static List<String> ofCampaigns() {
        return IntStream.range(0, OF_CAMPAIGNS).mapToObj(i -> "m" + i).toList();
    }

    /** The first that is heard of everybody: they enter something. */
    void arrive(ActivationRig rig) {
        List<ProfileChange> changes = new ArrayList<>();
        ofAudiences().forEach(person -> changes.add(crowd.change(person, some(AdPartners.SEGMENTS), Set.of())));
        ofCampaigns().forEach(person -> changes.add(seen(crowd.enters(person, MessageServices.SEGMENT))));
        rig.put(changes);
        before.addAll(changes);
    }

    /**
     * Everybody goes in and out so many times, half of those of campaigns once less; one in ten takes back their consents,
     * somewhere in between. Changes of people of audiences come in any order, and some of everybody's old ones come again
     * after the new ones.
     */
    void bustle(ActivationRig rig, int times) {
        List<ProfileChange> audiences = new ArrayList<>();
        ofAudiences().forEach(person -> audiences.addAll(inAndOut(person, times, this::movesAmongAudiences)));
        Collections.shuffle(audiences, random);
        List<ProfileChange> campaigns = new ArrayList<>();
        ofCampaigns().forEach(person -> campaigns.addAll(inAndOut(person, times - random.nextInt(2), this::toggles)));
        campaigns.forEach(this::seen);
        int half = audiences.size() / 2;
        // Campaigns go by what is said in order: what never came before its time is told as if it had always been so.
        rig.put(audiences.subList(half, audiences.size()));
        rig.put(campaigns);
        rig.put(audiences.subList(0, half));
        rig.put(again());
        before.addAll(audiences);
        before.addAll(campaigns);
    }

    /** The one whom partners refuse is in every audience in the end, so each of them must have said so. */
    void theRefusedStays(ActivationRig rig) {
        Set<String> missing = new HashSet<>(AdPartners.SEGMENTS);
        missing.removeIf(segment -> crowd.in(segment).contains(AdPartners.REFUSED));
        rig.put(List.of(crowd.change(AdPartners.REFUSED, missing, Set.of())));
    }

    private List<ProfileChange> inAndOut(String person, int times, Function<String, ProfileChange> move) {
        List<ProfileChange> changes = new ArrayList<>();
        int withdrawal = random.nextInt(10 * times);
        for (int i = 0; i < times; i++) {
            changes.add(move.apply(person));
            if (i == withdrawal && !person.equals(AdPartners.REFUSED)) {
                changes.add(crowd.withdraws(person));
            }
        }
        return changes;
    }

    private ProfileChange movesAmongAudiences(String person) {
        Set<String> entered = new HashSet<>();
        Set<String> left = new HashSet<>();
        some(AdPartners.SEGMENTS)
                .forEach(segment -> (crowd.in(segment).contains(person) ? left : entered).add(segment));
        return crowd.change(person, entered, left);
    }

    private ProfileChange toggles(String person) {
        return crowd.in(MessageServices.SEGMENT).contains(person)
                ? crowd.leaves(person, MessageServices.SEGMENT)
                : crowd.enters(person, MessageServices.SEGMENT);
    }

    /** A third of all that was ever said comes again, in an order of its own. */
    private List<ProfileChange> again() {
        List<ProfileChange> old = new ArrayList<>(before);
        Collections.shuffle(old, random);
        return old.subList(0, old.size() / 3);
    }

    private Set<String> some(List<String> segments) {
        List<String> shuffled = new ArrayList<>(segments);
        Collections.shuffle(shuffled, random);
        return Set.copyOf(shuffled.subList(0, 1 + random.nextInt(segments.size())));
    }

    private ProfileChange seen(ProfileChange change) {
        stays.see(change);
        return change;
    }

    /** How many have taken back their consents, of audiences and of campaigns. */
    Map<String, Long> withdrawn() {
        return Map.of(
                "audiences", count(ofAudiences()),
                "campaigns", count(ofCampaigns()));
    }

    private long count(List<String> people) {
        return Stream.of(people)
                .flatMap(List::stream)
                .filter(crowd::hasWithdrawn)
                .count();
    }
}
