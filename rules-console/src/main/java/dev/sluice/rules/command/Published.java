package dev.sluice.rules.command;

import dev.sluice.model.Value;
import java.util.ArrayList;
import java.util.List;

/** What a console has published of an account, of one kind. */
record Published<B>(BundleFiles<B> files, Console console) {
    /** How a bundle is named on the command line. */
    static final String NUMBER = "[1-9][0-9]{0,8}";

    static final String CURRENT = "current";

    private static final int NOT_FOUND = 404;

    /** @throws Failure if there is none of this number */
    Value.Fields bundle(String number) {
        Console.Answer answer = answer(number);
        if (answer.status() == NOT_FOUND) {
            throw Failure.refused(List.of("account " + console.account() + " has "
                    + (number.equals(CURRENT)
                            ? "published no " + files.noun() + " yet"
                            : "no " + files.noun() + " " + number)));
        }
        return expected(answer);
    }

    /** Whether the account has published any. */
    boolean hasAny() {
        return answer(CURRENT).status() != NOT_FOUND;
    }

    private Console.Answer answer(String number) {
        return console.get(files.path() + "/" + number);
    }

    /** @throws Failure with what the console said, if it refused */
    static Value.Fields expected(Console.Answer answer) {
        if (answer.isSuccess()) {
            return answer.json();
        }
        List<String> lines = new ArrayList<>();
        lines.add("refused (" + answer.status() + "): "
                + answer.json().findText("message").orElse("no reason given"));
        answer.json()
                .innerList("problems")
                .forEach(problem -> lines.add(problem.text("path") + ": " + problem.text("message")));
        throw Failure.refused(lines);
    }
}
