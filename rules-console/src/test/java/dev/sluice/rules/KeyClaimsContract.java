package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.bundle.KeyHash;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every {@link KeyClaims} promises:
 *
 * <ul>
 *   <li>a key is nobody's before it is claimed, and its claimant's from then on, however often anybody claims it again;
 *   <li>of many accounts that claim one key at once, one has it, and all are told the same.
 * </ul>
 */
public abstract class KeyClaimsContract {
    private static final int CLAIMANTS = 6;
    private static final String KEY = KeyHash.of("k1");

    /** With nothing claimed. */
    protected abstract KeyClaims claims();

    @Test
    void aKeyIsNobodysBeforeItIsClaimed() {
        assertThat(claims().owner(KEY)).isEmpty();
    }

    @Test
    void aKeyStaysWithWhoeverClaimedItFirst() {
        assertThat(claims().claim(KEY, "zoo")).isEqualTo("zoo");

        assertThat(claims().claim(KEY, "aaa")).isEqualTo("zoo");
        assertThat(claims().claim(KEY, "zoo")).isEqualTo("zoo");
        assertThat(claims().owner(KEY)).contains("zoo");
        assertThat(claims().claim(KeyHash.of("k2"), "aaa")).isEqualTo("aaa");
    }

    @Test
    void ofManyWhoClaimAKeyAtOnceOneHasIt() throws Exception {
        List<String> told = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(CLAIMANTS)) {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < CLAIMANTS; i++) {
                String account = "account-" + i;
                calls.add(() -> claims().claim(KEY, account));
            }
            for (Future<String> owner : threads.invokeAll(calls)) {
                told.add(owner.get());
            }
        }

        assertThat(told).hasSize(CLAIMANTS).containsOnly(told.getFirst());
        assertThat(claims().owner(KEY)).contains(told.getFirst());
    }
}
