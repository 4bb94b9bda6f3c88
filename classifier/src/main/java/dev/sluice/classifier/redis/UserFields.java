package dev.sluice.classifier.redis;

import dev.sluice.classifier.StoredUserState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Redis answers to {@code HGETALL} of a person: names and values in turn, in no order. Asking for everything is
 * cheaper than naming the fields, for hardly anybody has all of them, and there is hardly anything else. Stateless.
 */
final class UserFields {
    private static final byte[][] NAMES = {
        Request.bytes(StoredUserState.PROFILE),
        Request.bytes(StoredUserState.PROFILE_VERSION),
        Request.bytes(StoredUserState.STATS),
        Request.bytes(StoredUserState.STATS_VERSION),
        Request.bytes(StoredUserState.RECENT),
        Request.bytes(StoredUserState.REVISION),
        Request.bytes(StoredUserState.KEPT_AT),
        Request.bytes(StoredUserState.TOLD),
        Request.bytes(StoredUserState.PERSON)
    };

    private UserFields() {}

    /** Fields of other names are passed over. */
    static StoredUserState stored(List<byte[]> namesAndValues) {
        byte @Nullable [][] values = new byte[NAMES.length][];
        for (int i = 0; i + 1 < namesAndValues.size(); i += 2) {
            int place = place(namesAndValues.get(i));
            if (place >= 0) {
                values[place] = namesAndValues.get(i + 1);
            }
        }
        return new StoredUserState(
                Optional.ofNullable(values[0]),
                Optional.ofNullable(values[1]),
                Optional.ofNullable(values[2]),
                Optional.ofNullable(values[3]),
                Optional.ofNullable(values[4]),
                Optional.ofNullable(values[5]),
                Optional.ofNullable(values[6]),
                Optional.ofNullable(values[7]),
                Optional.ofNullable(values[8]));
    }

    /** Below 0 if it is none of them. */
    private static int place(byte[] name) {
        for (int place = NAMES.length - 1; place >= 0; place--) {
            if (Arrays.equals(NAMES[place], name)) {
                return place;
            }
        }
        return -1;
    }
}
