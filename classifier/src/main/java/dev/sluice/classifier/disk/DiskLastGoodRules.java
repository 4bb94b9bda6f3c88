package dev.sluice.classifier.disk;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.LastGoodRules;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Files {@code <account>.json} of one directory, which is made when it is first needed: a line
 * {@code {"v":1,"bundle":900,"refused":[{"number":8,"reason":"…"}]}}, then so many bytes: the bundle of the rules as it
 * was published, none if there are no rules. A file is written beside the old one, forced to the disk and then renamed over it. One file an account, and
 * one more while it is written.
 */
public final class DiskLastGoodRules implements LastGoodRules {
    /** Bytes of a file: those of the largest bundle that is read, and of the refusals. */
    static final int MAX_FILE = (16 << 20) + (1 << 16);

    private static final int VERSION = 1;

    private final Path directory;

    public DiskLastGoodRules(Path directory) {
        this.directory = directory;
    }

    @Override
    public Answer<Kept> read(String account) {
        Path file = file(account);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE + 1);
            if (bytes.length > MAX_FILE) {
                return new Answer.Unreadable<>(file + " is larger than " + MAX_FILE + " bytes");
            }
            Kept kept = parse(bytes);
            return kept.rules()
                            .filter(rules -> !rules.account().equals(account))
                            .isPresent()
                    ? new Answer.Unreadable<>(file + " holds the rule set of another account")
                    : new Answer.Found<>(kept);
        } catch (NoSuchFileException e) {
            return new Answer.Found<>(Kept.NOTHING);
        } catch (MalformedException | InvalidRuleException e) {
            return new Answer.Unreadable<>(file + " is not what was kept: " + e.getMessage());
        } catch (IOException e) {
            return new Answer.Unreachable<>(
                    file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public Optional<String> keep(String account, Kept kept) {
        Path file = file(account);
        byte[] bytes = text(kept);
        if (bytes.length > MAX_FILE) {
            return Optional.of(file + " would be larger than " + MAX_FILE + " bytes");
        }
        try {
            Files.createDirectories(directory);
            Path beside = directory.resolve(account + ".json.new");
            write(beside, bytes);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the last good rule set cannot be kept at " + file + ": "
                    + e.getClass().getSimpleName());
        }
    }

    private Path file(String account) {
        return directory.resolve(account + ".json");
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private static byte[] text(Kept kept) {
        byte[] bundle = kept.rules().map(RuleSetJson::write).orElse(new byte[0]);
        byte[] first = JsonText.writeObject(json -> {
            json.writeNumberProperty("v", VERSION);
            json.writeNumberProperty("bundle", bundle.length);
            json.writeArrayPropertyStart("refused");
            for (int number : new TreeSet<>(kept.refused().keySet())) {
                json.writeStartObject();
                json.writeNumberProperty("number", number);
                json.writeStringProperty("reason", String.valueOf(kept.refused().get(number)));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        byte[] text = Arrays.copyOf(first, first.length + 1 + bundle.length);
        text[first.length] = '\n';
        System.arraycopy(bundle, 0, text, first.length + 1, bundle.length);
        return text;
    }

    private static Kept parse(byte[] text) {
        int end = 0;
        while (end < text.length && text[end] != '\n') {
            end++;
        }
        if (end == text.length) {
            throw new MalformedException("cut short");
        }
        Value.Fields first = JsonText.readObject(Arrays.copyOf(text, end)).ofVersion(VERSION);
        Map<Integer, String> refused = new TreeMap<>();
        for (Value.Fields one : first.innerList("refused")) {
            refused.put(Math.toIntExact(one.whole("number")), one.text("reason"));
        }
        byte[] bundle = Arrays.copyOfRange(text, end + 1, text.length);
        if (bundle.length != first.whole("bundle")) {
            throw new MalformedException("cut short");
        }
        Optional<RuleSet> rules = bundle.length == 0 ? Optional.empty() : Optional.of(RuleSetJson.read(bundle));
        return new Kept(rules, refused);
    }
}
