package dev.sluice.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What every {@link LakeBucket} promises. */
public abstract class LakeBucketContract {
    protected abstract LakeBucket bucket();

    /** From now on it cannot be reached. */
    protected abstract void fail();

    @Test
    void whatWasPutIsFetchedByteByByte() {
        byte[] body = new byte[100_000];
        body[77] = 7;
        bucket().put("a/1", body).join();

        assertThat(bucket().fetch("a/1").join()).isEqualTo(body);
    }

    @Test
    void aSecondPutReplacesTheFirst() {
        bucket().put("a/1", new byte[] {1}).join();
        bucket().put("a/1", new byte[] {2, 3}).join();

        assertThat(bucket().fetch("a/1").join()).containsExactly(2, 3);
    }

    @Test
    void aListingHasTheFirstKeysOfItsPrefixInOrder() {
        for (String key : new String[] {"b/3", "a/9", "b/1", "b/2", "c"}) {
            bucket().put(key, new byte[] {1, 2}).join();
        }

        assertThat(bucket().list("b/", 2).join())
                .extracting(LakeBucket.Entry::key, LakeBucket.Entry::bytes)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("b/1", 2L), org.assertj.core.groups.Tuple.tuple("b/2", 2L));
    }

    @Test
    void aListingGoesOnAfterAKeyWhetherOrNotItIsStillThere() {
        for (String key : new String[] {"b/1", "b/3", "b/4", "c"}) {
            bucket().put(key, new byte[] {1}).join();
        }

        assertThat(bucket().list("b/", "b/1", 10).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly("b/3", "b/4");
        assertThat(bucket().list("b/", "b/2", 1).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly("b/3");
        assertThat(bucket().list("b/", "a", 1).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly("b/1");
    }

    @Test
    void whatWasDeletedIsGoneAndDeletingItAgainIsNothing() {
        bucket().put("a/1", new byte[] {1}).join();
        bucket().delete("a/1").join();
        bucket().delete("a/1").join();

        assertThatThrownBy(() -> bucket().fetch("a/1").join()).hasCauseInstanceOf(NoSuchFileException.class);
    }

    @Test
    void outOfReachEveryCallFailsWithAnIoException() {
        fail();

        fails(bucket().put("a", new byte[] {1}));
        fails(bucket().list("a", 1));
        fails(bucket().fetch("a"));
        fails(bucket().delete("a"));
    }

    private static void fails(CompletableFuture<?> call) {
        assertThatThrownBy(call::join).hasCauseInstanceOf(IOException.class);
    }
}
