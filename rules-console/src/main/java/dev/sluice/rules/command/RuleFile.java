package dev.sluice.rules.command;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.rules.Problem;
import dev.sluice.rules.Remarks;
import dev.sluice.rules.Submission;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file with the content of a bundle, as {@code export} writes it. Immutable. */
record RuleFile(Path file, Value.Fields json) {
    /** What a console takes. */
    private static final int MAX_FILE = 16 << 20;

    /** @throws Failure if it cannot be read or is not JSON, or says who publishes, which a file does not */
    static RuleFile read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE + 1);
            if (bytes.length > MAX_FILE) {
                throw Failure.refused(List.of(file + ": is larger than " + MAX_FILE + " bytes"));
            }
            Value.Fields json = JsonText.readObject(bytes);
            Optional<String> remark = json.fields().keySet().stream()
                    .filter(Remarks.KEYS::contains)
                    .findFirst();
            if (remark.isPresent()) {
                throw Failure.refused(List.of(
                        file + ":" + remark.get() + ": is said when publishing, by an option; not in the file"));
            }
            return new RuleFile(file, json);
        } catch (IOException e) {
            throw Failure.wrongUse(file + " cannot be read: " + Wording.why(e));
        } catch (MalformedException e) {
            throw Failure.refused(List.of(file + ": " + e.getMessage()));
        }
    }

    /** The body that publishes it with these remarks. */
    byte[] with(Remarks remarks) {
        return JsonText.writeObject(out -> {
            json.fields().forEach((name, value) -> {
                out.writeName(name);
                JsonText.write(out, value);
            });
            remarks.author().ifPresent(author -> out.writeStringProperty("author", author));
            remarks.reason().ifPresent(reason -> out.writeStringProperty("reason", reason));
            out.writeBooleanProperty("allowEmpty", remarks.allowEmpty());
        });
    }

    /** What it comes to, looked at here. */
    Submission submission(Remarks remarks) {
        return Submission.read(with(remarks));
    }

    /** As compilers write them: {@code file:path: message}. */
    List<String> lines(List<Problem> problems) {
        List<String> lines = new ArrayList<>();
        problems.forEach(problem -> lines.add(line(problem.path(), problem.message())));
        return lines;
    }

    /** The same of problems that a console answered. */
    List<String> lines(Value.Fields answer, String key) {
        List<String> lines = new ArrayList<>();
        answer.innerList(key).forEach(problem -> lines.add(line(problem.text("path"), problem.text("message"))));
        return lines;
    }

    private String line(String path, String message) {
        return file + ":" + (path.isEmpty() ? "" : path + ":") + " " + message;
    }
}
