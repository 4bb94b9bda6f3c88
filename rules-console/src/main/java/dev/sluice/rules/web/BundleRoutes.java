package dev.sluice.rules.web;

import dev.sluice.model.MalformedException;
import dev.sluice.model.bundle.BundleProblem;
import dev.sluice.rules.AuthoredKind;
import dev.sluice.rules.Authorship;
import dev.sluice.rules.BundleDiff;
import dev.sluice.rules.BundleSubmission;
import dev.sluice.rules.History;
import dev.sluice.rules.Problem;
import dev.sluice.rules.Publication;
import dev.sluice.rules.Remarks;
import dev.sluice.rules.UnreadableException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * What was published of one kind: publish, look at, compare, roll back. Thread-safe.
 *
 * @param <B> the kind
 */
final class BundleRoutes<B> {
    private static final Logger LOG = LoggerFactory.getLogger(BundleRoutes.class);

    private final AuthoredKind<B> kind;
    private final BundleStores<B> stores;
    private final BundleAnswers<B> answers;
    private final History history;
    private final Bounds bounds;
    private final Clock clock;

    BundleRoutes(BundleStores<B> stores, Bounds bounds, Clock clock) {
        this.kind = stores.kind();
        this.stores = stores;
        this.answers = new BundleAnswers<>(kind);
        this.history = new History(stores.repository(), stores.catalog());
        this.bounds = bounds;
        this.clock = clock;
    }

    RouterFunction<ServerResponse> all(Guard guard) {
        String all = "/v1/accounts/{account}/" + kind.path();
        String one = all + "/{number}";
        return RouterFunctions.route()
                .POST(all, guard.of(this::publish))
                .GET(all, this::list)
                .POST(all + "/validate", guard.of(this::validate))
                .GET(all + "/current", request -> one(find(request, current(request))))
                .GET(one, request -> one(find(request, OptionalInt.of(Requests.number(request)))))
                .GET(one + "/diff/current", request -> diff(request, current(request)))
                .GET(one + "/diff/{other}", request -> diff(request, OptionalInt.of(Requests.number(request, "other"))))
                .POST(one + "/rollback", guard.of(this::rollBack))
                .build();
    }

    private ServerResponse publish(ServerRequest request) throws IOException {
        String account = Requests.account(request);
        OptionalInt expected = Requests.expected(request);
        BundleSubmission<B> submission =
                BundleSubmission.read(kind, Requests.body(request.servletRequest(), bounds.body()));
        if (!submission.problems().isEmpty()) {
            return refused(submission.problems());
        }
        B bundle = submission.bundle().orElseThrow();
        return publish(account, bundle, Authorship.of(submission.remarks(), clock.instant()), expected);
    }

    private ServerResponse publish(String account, B bundle, Authorship authorship, OptionalInt expected) {
        List<Problem> wrong = againstCurrent(account, current -> kind.refusals(current, bundle));
        if (!wrong.isEmpty()) {
            return refused(wrong);
        }
        List<Problem> warnings = warnings(account, bundle);
        List<Problem> taken = stores.keys().claim(account, bundle);
        if (!taken.isEmpty()) {
            LOG.warn("account {} names {} keys of other accounts; nothing was published", account, taken.size());
            return refused(taken);
        }
        Publication publication =
                stores.publisher().publish(account, number -> kind.as(bundle, account, number), authorship, expected);
        return switch (publication) {
            case Publication.Published published -> created(published, warnings);
            case Publication.NotCurrent(int current) -> Replies.notCurrent(kind.noun(), current);
            case Publication.Contended(int attempts) ->
                Replies.comeBack(
                        "contended",
                        "others took each of " + attempts + " numbers that were tried; nothing was published");
        };
    }

    private ServerResponse created(Publication.Published published, List<Problem> warnings) {
        String account = published.info().account();
        int number = published.info().number();
        LOG.info(
                "account {} published {} {} of {}, {} warnings",
                account,
                kind.noun(),
                number,
                kind.counted(published.info().parts()),
                warnings.size());
        String location = "/v1/accounts/" + account + "/" + kind.path() + "/" + number;
        return Replies.created(number, location, answers.published(published, warnings));
    }

    /** What is probably not meant; of what changes against the current one, nothing if there is none that can be read. */
    private List<Problem> warnings(String account, B bundle) {
        List<Problem> warnings = new ArrayList<>(BundleSubmission.problems(kind.doubts(bundle)));
        warnings.addAll(stores.advice().on(account, bundle));
        warnings.addAll(againstCurrent(account, current -> kind.changes(current, bundle)));
        return warnings;
    }

    private List<Problem> againstCurrent(String account, Function<B, List<BundleProblem>> compared) {
        List<Integer> numbers = stores.repository().numbers(account);
        if (numbers.isEmpty()) {
            return List.of();
        }
        try {
            return stores.repository()
                    .find(account, numbers.getLast())
                    .map(current -> BundleSubmission.problems(compared.apply(current)))
                    .orElse(List.of());
        } catch (UnreadableException e) {
            return List.of();
        }
    }

    private ServerResponse validate(ServerRequest request) throws IOException {
        String account = Requests.account(request);
        BundleSubmission<B> submission =
                BundleSubmission.read(kind, Requests.body(request.servletRequest(), bounds.body()));
        List<Problem> problems = new ArrayList<>(submission.problems());
        submission.bundle().ifPresent(bundle -> problems.addAll(stores.keys().look(account, bundle)));
        List<Problem> warnings =
                submission.bundle().map(bundle -> warnings(account, bundle)).orElse(List.of());
        return Replies.json(HttpStatus.OK, BundleAnswers.inspection(problems, warnings));
    }

    private ServerResponse list(ServerRequest request) {
        String account = Requests.account(request);
        History.Page page = history.before(account, Requests.before(request), Requests.limit(request));
        return Replies.json(HttpStatus.OK, answers.history(account, page));
    }

    private OptionalInt current(ServerRequest request) {
        List<Integer> numbers = stores.repository().numbers(Requests.account(request));
        return numbers.isEmpty() ? OptionalInt.empty() : OptionalInt.of(numbers.getLast());
    }

    private Optional<B> find(ServerRequest request, OptionalInt number) {
        String account = Requests.account(request);
        return number.isEmpty() ? Optional.empty() : stores.repository().find(account, number.getAsInt());
    }

    private ServerResponse one(Optional<B> bundle) {
        return bundle.map(found -> Replies.tagged(kind.number(found), kind.write(found)))
                .orElseGet(this::unknown);
    }

    private ServerResponse diff(ServerRequest request, OptionalInt other) {
        Optional<B> from = find(request, OptionalInt.of(Requests.number(request)));
        Optional<B> to = find(request, other);
        if (from.isEmpty() || to.isEmpty()) {
            return unknown();
        }
        return Replies.json(
                HttpStatus.OK, answers.diff(from.get(), to.get(), BundleDiff.between(kind, from.get(), to.get())));
    }

    private ServerResponse rollBack(ServerRequest request) throws IOException {
        String account = Requests.account(request);
        int number = Requests.number(request);
        OptionalInt expected = Requests.expected(request);
        Remarks remarks = Requests.remarks(Requests.body(request.servletRequest(), bounds.body()));
        if (remarks.reason().isEmpty()) {
            throw new MalformedException("reason is missing; say why the " + kind.noun() + " is rolled back");
        }
        Optional<B> earlier = find(request, OptionalInt.of(number));
        if (earlier.isEmpty()) {
            return unknown();
        }
        if (current(request).equals(OptionalInt.of(number))) {
            return Replies.refuse(
                    HttpStatus.CONFLICT, "already_current", kind.noun() + " " + number + " is the current one already");
        }
        List<Problem> problems = BundleSubmission.problems(kind, earlier.get(), remarks);
        if (!problems.isEmpty()) {
            return refused(problems);
        }
        Authorship authorship = Authorship.of(remarks, clock.instant()).rollingBackFrom(number);
        return publish(account, earlier.get(), authorship, expected);
    }

    private ServerResponse refused(List<Problem> problems) {
        return Replies.json(HttpStatus.UNPROCESSABLE_CONTENT, answers.refused(problems));
    }

    private ServerResponse unknown() {
        return Replies.refuse(HttpStatus.NOT_FOUND, "unknown_" + kind.code(), "there is no such " + kind.noun());
    }
}
