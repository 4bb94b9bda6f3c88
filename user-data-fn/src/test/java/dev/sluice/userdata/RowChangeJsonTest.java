package dev.sluice.userdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the trigger sends is read as the golden file says, and anything else is refused with a message that names the
 * field and shows no value.
 */
final class RowChangeJsonTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123Z");
    private static final RowLimits SMALL = new RowLimits(1000, 2, 10, 60);

    @Test
    void theGoldenPayloadGivesTheGoldenProfile() throws IOException {
        RowChange change = RowChangeJson.read(golden("row-change.json"), RowLimits.DEFAULT);

        assertThat(change.key()).isEqualTo(PersonKey.ofUser("demo", "u1"));
        assertThat(change.version()).isEqualTo(12);
        assertThat(change.changedAt()).isEqualTo(Instant.parse("2026-11-21T10:00:00.123Z"));
        assertThat(change)
                .isInstanceOfSatisfying(
                        RowChange.Written.class,
                        written -> assertThat(
                                        new String(TraitsJson.write(written.traits()), StandardCharsets.UTF_8) + "\n")
                                .isEqualTo(new String(golden("profile.json"), StandardCharsets.UTF_8)));
    }

    @Test
    void aDeletedRowNeedsNoColumns() {
        PersonKey key = PersonKey.ofUser("demo", "u1");

        assertThat(read("{'v':1,'op':'delete','account':'demo','userId':'u1','version':3,AT}"))
                .isEqualTo(new RowChange.Removed(key, 3, AT));
        assertThat(read("{'v':1,'op':'delete','account':'demo','userId':'u1','version':3,AT,'row':null}"))
                .isEqualTo(new RowChange.Removed(key, 3, AT));
    }

    @Test
    void anInsertedRowMayBeEmpty() {
        assertThat(read("{'v':1,'op':'insert','account':'demo','userId':'u1','version':1,AT,'row':{'a':null}}"))
                .isEqualTo(new RowChange.Written(
                        PersonKey.ofUser("demo", "u1"), 1, AT, RowChange.Operation.INSERT, Value.Fields.NONE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            [] | expected a JSON object
            {'v':2,'op':'delete','account':'demo','userId':'u1','version':3,AT} | v is 2; this program reads v 1
            {'op':'delete','account':'demo','userId':'u1','version':3,AT} | v is missing
            {'v':1,'op':'upsert','account':'demo','userId':'u1','version':3,AT} | op must be insert, update or delete
            {'v':1,'account':'demo','userId':'u1','version':3,AT} | op is missing
            {'v':1,'op':'delete','account':'De mo','userId':'u1','version':3,AT} | account must match [a-z0-9][a-z0-9-]{0,31}
            {'v':1,'op':'delete','account':'demo','userId':'','version':3,AT} | person must have 1 to 256 characters, has 0
            {'v':1,'op':'delete','account':'demo','userId':'anonymous:a','version':3,AT} | userId must not begin with the reserved prefix anonymous:
            {'v':1,'op':'delete','account':'demo','userId':7,'version':3,AT} | userId must be a string
            {'v':1,'op':'delete','account':'demo','userId':'u1','version':0,AT} | version must be 1 or more
            {'v':1,'op':'delete','account':'demo','userId':'u1','version':'3',AT} | version must be a number
            {'v':1,'op':'delete','account':'demo','userId':'u1','version':1.5,AT} | version must be a whole number of 64 bits
            {'v':1,'op':'delete','account':'demo','userId':'u1','version':9223372036854775808,AT} | version must be a whole number of 64 bits
            {'v':1,'op':'delete','account':'demo','userId':'u1','version':3,AT,'extra':1} | payload must hold no other fields than v, op, account, userId, version, changedAt, row
            {'v':1,'op':'update','account':'demo','userId':'u1','version':3,AT} | row is missing
            {'v':1,'op':'delete','account':'demo','userId':'u1','version':3} | changedAt is missing
            {'v':1,'op':'delete','account':'demo','userId':'u1','version':3,'changedAt':'2026-11-21'} | changedAt must be an ISO 8601 date and time with an offset
            {'v':1,'op':'update','account':'demo','userId':'u1','version':3,AT,'row':{'consents':true}} | consents must be an object that says true or false of each channel
            {'v':1,'op':'update','account':'demo','userId':'u1','version':3,AT,'row':{'consents':{'push':'yes'}}} | consents must be an object that says true or false of each channel
            {'v':1,'op':'update','account':'demo','userId':'u1','version':3,AT,'row':{'consents':{'push':null}}} | consents must be an object that says true or false of each channel
            {'v':1,'op':'update','account':'demo','userId':'u1','version':3,AT,'row':{'consents':{'abcdefghijk':true}}} | consents must be an object that says true or false of each channel
            {'v':1,'op':'update','account':'demo','userId':'u1','version':3,AT,'row':[]} | row must be an object
            {'v':1,'op':'update','account':'demo','userId':'u1','version':3,AT,'row':{'a':{'b':1}}} | every column must hold a scalar or a list of scalars
            {'v':1,'op':'update','account':'demo','userId':'u1','version':3,AT,'row':{'a':[[1]]}} | every column must hold a scalar or a list of scalars
            {'v':1,'op':'update','account':'demo','userId':'u1','version':3,AT,'row':{'':1}} | a column's name must have 1 to 10 characters
            {'v':1,'op':'update','account':'demo','userId':'u1','version':3,AT,'row':{'abcdefghijk':1}} | a column's name must have 1 to 10 characters
            {'v':1,'op':'update','account':'demo','userId':'u1','version':3,AT,'row':{'a':1,'b':1,'c':1}} | row must hold at most 2 columns that are not null
            {'v':1,'op':'update','account':'demo','userId':'u1','version':3,AT,'row':{'a':'012345678901234567890123456789012345678901234567890123456789'}} | row must come to at most 60 bytes
            """)
    void anythingElseIsRefused(String payload, String message) {
        assertThatThrownBy(() -> read(payload))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @Test
    void aPayloadBeyondTheLimitIsRefusedUnread() {
        assertThatThrownBy(() -> RowChangeJson.read(new byte[1001], SMALL))
                .hasMessage("payload is longer than 1000 bytes");
    }

    private static RowChange read(String payload) {
        return RowChangeJson.read(
                payload.replace("AT", "'changedAt':'" + AT + "'")
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8),
                SMALL);
    }

    private static byte[] golden(String name) {
        try (InputStream in =
                Objects.requireNonNull(RowChangeJsonTest.class.getResourceAsStream("/golden/v1/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
