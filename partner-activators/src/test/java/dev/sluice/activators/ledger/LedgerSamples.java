package dev.sluice.activators.ledger;

import dev.sluice.activators.People;
import dev.sluice.activators.delivery.KeepingPartner;
import dev.sluice.activators.delivery.Lives;
import dev.sluice.model.PersonKey;
import java.time.Instant;
import java.util.Set;

/** Entries of the ledger, for the tests. */
public final class LedgerSamples {
    private LedgerSamples() {}

    /** Somebody in two segments, of which the partner is being told. */
    public static LedgerEntry claimed() {
        var telling = new Telling(new KeepingPartner(true, true, 10), KeepingPartner.connection("c1"));
        var key = new LedgerKey("c1", new PersonKey("demo", "u1"));
        Instant now = People.AT.plusSeconds(1);
        LedgerEntry entry = LedgerFold.fold(LedgerEntry.unknown(key), new Lives("u1").in("a", "b"), telling, now);
        var lease = new LedgerEntry.Lease("token-1", now.plusSeconds(60));
        return Claim.of(entry, telling, lease, Set.of(), now).entry();
    }
}
