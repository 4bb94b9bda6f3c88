package dev.sluice.rules.web;

import dev.sluice.model.MalformedException;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.rules.Authorship;
import dev.sluice.rules.BundleInfo;
import dev.sluice.rules.BundleRepository;
import dev.sluice.rules.History;
import dev.sluice.rules.Problem;
import dev.sluice.rules.Publication;
import dev.sluice.rules.Publisher;
import dev.sluice.rules.Remarks;
import dev.sluice.rules.RuleSetDiff;
import dev.sluice.rules.RuleSetReports;
import dev.sluice.rules.Submission;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Published rule sets: publish, look at, compare, roll back. Thread-safe. */
final class RuleSetRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(RuleSetRoutes.class);
    private static final String RULE_SETS = "/v1/accounts/{account}/rule-sets";
    private static final String ONE = RULE_SETS + "/{number}";

    /** Who reports, as they name themselves; what a classifier says of a rule set decides, so it is shown first. */
    private static final List<String> REPORTERS = List.of("classifier", "dispatcher");

    /** Of each kind of program. */
    private static final int MAX_REPORTS = 100;

    private final BundleRepository<RuleSet> repository;
    private final History history;
    private final Publisher publisher;
    private final RuleSetReports reports;
    private final Bounds bounds;
    private final Clock clock;

    RuleSetRoutes(Stores stores, Publisher publisher, Bounds bounds, Clock clock) {
        this.repository = stores.repository();
        this.history = new History(stores.repository(), stores.catalog());
        this.publisher = publisher;
        this.reports = stores.reports();
        this.bounds = bounds;
        this.clock = clock;
    }

    RouterFunction<ServerResponse> all(Guard guard) {
        return RouterFunctions.route()
                .POST(RULE_SETS, guard.of(this::publish))
                .GET(RULE_SETS, this::list)
                .POST(RULE_SETS + "/validate", guard.of(this::validate))
                .GET(RULE_SETS + "/current", request -> one(request, current(request)))
                .GET(RULE_SETS + "/current/info", request -> info(request, current(request)))
                .GET(ONE, request -> one(request, OptionalInt.of(Requests.number(request))))
                .GET(ONE + "/info", request -> info(request, OptionalInt.of(Requests.number(request))))
                .GET(ONE + "/diff/current", request -> diff(request, current(request)))
                .GET(ONE + "/diff/{other}", request -> diff(request, OptionalInt.of(Requests.number(request, "other"))))
                .POST(ONE + "/rollback", guard.of(this::rollBack))
                .build();
    }

    private ServerResponse publish(ServerRequest request) throws IOException {
        String account = Requests.account(request);
        OptionalInt expected = Requests.expected(request);
        Submission submission = Submission.read(Requests.body(request.servletRequest(), bounds.body()));
        return publish(account, submission, Authorship.of(submission.remarks(), clock.instant()), expected);
    }

    private ServerResponse publish(String account, Submission submission, Authorship authorship, OptionalInt expected) {
        return submission.inspection().problems().isEmpty()
                ? reply(publisher.publish(account, submission.inspection().content(), authorship, expected), List.of())
                : Replies.invalid(submission.inspection().problems());
    }

    /** How a publication is answered, here and when a draft was published. */
    static ServerResponse reply(Publication publication, List<String> notes) {
        return switch (publication) {
            case Publication.Published published -> created(published, notes);
            case Publication.NotCurrent(int current) -> Replies.notCurrent("rule set", current);
            case Publication.Contended(int attempts) ->
                Replies.comeBack(
                        "contended",
                        "others took each of " + attempts + " numbers that were tried; nothing was published");
        };
    }

    private static ServerResponse created(Publication.Published published, List<String> notes) {
        BundleInfo rules = published.info();
        LOG.info("account {} published rule set {} of {} segments", rules.account(), rules.number(), rules.parts());
        List<String> all = new ArrayList<>(notes);
        if (!published.catalogued()) {
            LOG.warn("account {}: rule set {} is not in the catalog yet", rules.account(), rules.number());
            all.add("it is published; the table of publications did not answer and will list it later");
        }
        String location = "/v1/accounts/" + rules.account() + "/rule-sets/" + rules.number();
        return Replies.created(rules.number(), location, Answers.published(published, "segments", all));
    }

    private ServerResponse validate(ServerRequest request) throws IOException {
        String account = Requests.account(request);
        Submission submission = Submission.read(Requests.body(request.servletRequest(), bounds.body()));
        LOG.debug("account {} had a rule set looked at", account);
        return Replies.json(HttpStatus.OK, Answers.inspection(submission.inspection()));
    }

    private ServerResponse list(ServerRequest request) {
        String account = Requests.account(request);
        History.Page page = history.before(account, Requests.before(request), Requests.limit(request));
        return Replies.json(HttpStatus.OK, Answers.history(account, page));
    }

    private OptionalInt current(ServerRequest request) {
        List<Integer> numbers = repository.numbers(Requests.account(request));
        return numbers.isEmpty() ? OptionalInt.empty() : OptionalInt.of(numbers.getLast());
    }

    private Optional<RuleSet> find(ServerRequest request, OptionalInt number) {
        String account = Requests.account(request);
        return number.isEmpty() ? Optional.empty() : repository.find(account, number.getAsInt());
    }

    private ServerResponse one(ServerRequest request, OptionalInt number) {
        return find(request, number)
                .map(found -> Replies.tagged(found.number(), RuleSetJson.write(found)))
                .orElseGet(Replies::unknownRuleSet);
    }

    private ServerResponse info(ServerRequest request, OptionalInt number) {
        String account = Requests.account(request);
        Optional<BundleInfo> info = number.isEmpty() ? Optional.empty() : history.find(account, number.getAsInt());
        return info.map(found -> Replies.json(HttpStatus.OK, Answers.info(found, reports(account, found.number()))))
                .orElseGet(Replies::unknownRuleSet);
    }

    private List<RuleSetReport> reports(String account, int number) {
        return REPORTERS.stream()
                .flatMap(program -> reports.of(account, number, program, MAX_REPORTS).stream())
                .toList();
    }

    private ServerResponse diff(ServerRequest request, OptionalInt other) {
        Optional<RuleSet> from = find(request, OptionalInt.of(Requests.number(request)));
        Optional<RuleSet> to = find(request, other);
        if (from.isEmpty() || to.isEmpty()) {
            return Replies.unknownRuleSet();
        }
        RuleSetDiff diff = RuleSetDiff.between(from.get(), to.get());
        return Replies.json(HttpStatus.OK, Answers.diff(from.get(), to.get(), diff));
    }

    private ServerResponse rollBack(ServerRequest request) throws IOException {
        String account = Requests.account(request);
        int number = Requests.number(request);
        OptionalInt expected = Requests.expected(request);
        Remarks remarks = Requests.remarks(Requests.body(request.servletRequest(), bounds.body()));
        if (remarks.reason().isEmpty()) {
            throw new MalformedException("reason is missing; say why the rule set is rolled back");
        }
        Optional<RuleSet> earlier = repository.find(account, number);
        if (earlier.isEmpty()) {
            return Replies.unknownRuleSet();
        }
        if (current(request).equals(OptionalInt.of(number))) {
            return Replies.refuse(
                    HttpStatus.CONFLICT, "already_current", "rule set " + number + " is the current one already");
        }
        Authorship authorship = Authorship.of(remarks, clock.instant()).rollingBackFrom(number);
        if (earlier.get().segments().isEmpty() && !remarks.allowEmpty()) {
            return Replies.invalid(List.of(new Problem(
                    "segments",
                    "rule set " + number
                            + " is empty: publishing that takes everyone out of every segment; if it is meant, add"
                            + " \"allowEmpty\": true")));
        }
        return reply(publisher.publish(account, earlier.get(), authorship, expected), List.of());
    }
}
