package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.partner.Delivery;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.simulator.RowStamp;
import dev.sluice.local.simulator.UserProfileRow;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises: a row that is written by SQL, and nothing else, makes the partner be told of the change of a segment, at the
 * row's own time; so does its deletion; and the row's history is in the lake.
 */
@Order(SharedHouse.LAST)
@ExtendWith(SharedHouse.class)
class ProfileRowTest {
    private static final UserProfileRow ROW = new UserProfileRow("row-1", "d-1", "iOS", LocalDate.of(1990, 2, 1), "f");

    @Test
    void aRowThatChangesReachesThePartnerWithoutAnyEventOfTheApplication(House house) throws Exception {
        RowStamp inserted = house.users().insert(ROW);
        RowStamp palm = house.users().update(ROW.withDeviceOs(SharedHouse.DEVICE_OS));
        Eventually.until("the push of the new device", () -> ofTheRow(house).size() == 1);
        RowStamp gone = house.users().delete(ROW.userId());
        Eventually.until("the push of the deletion", () -> ofTheRow(house).size() == 2);

        assertThat(ofTheRow(house)).extracting(Delivery::entered).containsExactly(true, false);
        assertThat(ofTheRow(house)).extracting(Delivery::at).containsExactly(palm.changedAt(), gone.changedAt());
        assertThat(new Settlement(house).await(Duration.ofMinutes(3))).isTrue();
        assertThat(new Facts(house.clients()).lakeIds()).contains(id(inserted), id(palm), id(gone));
        assertThat(house.rowChanges().counters().givenUp()).isZero();
    }

    private static List<Delivery> ofTheRow(House house) {
        return house.partner().recorded().deliveries().stream()
                .filter(delivery -> delivery.person().equals("demo/row-1")
                        && delivery.segment().equals("on-palm-os"))
                .toList();
    }

    private static String id(RowStamp stamp) {
        return "user_profile-%019d".formatted(stamp.version());
    }
}
