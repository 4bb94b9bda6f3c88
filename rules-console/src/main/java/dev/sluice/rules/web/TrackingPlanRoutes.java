package dev.sluice.rules.web;

import dev.sluice.model.MalformedException;
import dev.sluice.model.plan.PlanChanges;
import dev.sluice.model.plan.TrackingPlan;
import dev.sluice.model.plan.TrackingPlanJson;
import dev.sluice.rules.Authorship;
import dev.sluice.rules.History;
import dev.sluice.rules.PlanDiff;
import dev.sluice.rules.PlanSubmission;
import dev.sluice.rules.Problem;
import dev.sluice.rules.Publication;
import dev.sluice.rules.Remarks;
import dev.sluice.rules.UnreadableException;
import java.io.IOException;
import java.time.Clock;
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

/** Published tracking plans: publish, look at, compare, roll back. Thread-safe. */
final class TrackingPlanRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(TrackingPlanRoutes.class);
    private static final String PLANS = "/v1/accounts/{account}/tracking-plans";
    private static final String ONE = PLANS + "/{number}";

    private final PlanStores stores;
    private final History history;
    private final Bounds bounds;
    private final Clock clock;

    TrackingPlanRoutes(PlanStores stores, Bounds bounds, Clock clock) {
        this.stores = stores;
        this.history = new History(stores.repository(), stores.catalog());
        this.bounds = bounds;
        this.clock = clock;
    }

    RouterFunction<ServerResponse> all(Guard guard) {
        return RouterFunctions.route()
                .POST(PLANS, guard.of(this::publish))
                .GET(PLANS, this::list)
                .POST(PLANS + "/validate", guard.of(this::validate))
                .GET(PLANS + "/current", request -> one(find(request, current(request))))
                .GET(ONE, request -> one(find(request, OptionalInt.of(Requests.number(request)))))
                .GET(ONE + "/diff/current", request -> diff(request, current(request)))
                .GET(ONE + "/diff/{other}", request -> diff(request, OptionalInt.of(Requests.number(request, "other"))))
                .POST(ONE + "/rollback", guard.of(this::rollBack))
                .build();
    }

    private ServerResponse publish(ServerRequest request) throws IOException {
        String account = Requests.account(request);
        OptionalInt expected = Requests.expected(request);
        PlanSubmission submission = PlanSubmission.read(Requests.body(request.servletRequest(), bounds.body()));
        if (!submission.problems().isEmpty()) {
            return refused(submission.problems());
        }
        TrackingPlan plan = submission.plan().orElseThrow();
        return publish(account, plan, Authorship.of(submission.remarks(), clock.instant()), expected);
    }

    private ServerResponse publish(String account, TrackingPlan plan, Authorship authorship, OptionalInt expected) {
        List<Problem> warnings = warnings(account, plan);
        Publication publication =
                stores.publisher().publish(account, number -> plan.as(account, number), authorship, expected);
        return switch (publication) {
            case Publication.Published published -> created(published, warnings);
            case Publication.NotCurrent(int current) -> Replies.notCurrent(current);
            case Publication.Contended(int attempts) ->
                Replies.comeBack(
                        "contended",
                        "others took each of " + attempts + " numbers that were tried; nothing was published");
        };
    }

    private static ServerResponse created(Publication.Published published, List<Problem> warnings) {
        String account = published.info().account();
        int number = published.info().number();
        LOG.info(
                "account {} published tracking plan {} of {} sources, {} warnings",
                account,
                number,
                published.info().parts(),
                warnings.size());
        String location = "/v1/accounts/" + account + "/tracking-plans/" + number;
        return Replies.created(number, location, PlanAnswers.published(published, warnings));
    }

    /** What changes against the current plan; nothing if there is none that can be read. */
    private List<Problem> warnings(String account, TrackingPlan plan) {
        List<Integer> numbers = stores.repository().numbers(account);
        try {
            return numbers.isEmpty()
                    ? List.of()
                    : stores.repository()
                            .find(account, numbers.getLast())
                            .map(current -> PlanSubmission.problems(PlanChanges.between(current, plan)))
                            .orElse(List.of());
        } catch (UnreadableException e) {
            return List.of();
        }
    }

    private ServerResponse validate(ServerRequest request) throws IOException {
        String account = Requests.account(request);
        PlanSubmission submission = PlanSubmission.read(Requests.body(request.servletRequest(), bounds.body()));
        List<Problem> warnings =
                submission.plan().map(plan -> warnings(account, plan)).orElse(List.of());
        return Replies.json(HttpStatus.OK, PlanAnswers.inspection(submission.problems(), warnings));
    }

    private ServerResponse list(ServerRequest request) {
        String account = Requests.account(request);
        History.Page page = history.before(account, Requests.before(request), Requests.limit(request));
        return Replies.json(HttpStatus.OK, PlanAnswers.history(account, page));
    }

    private OptionalInt current(ServerRequest request) {
        List<Integer> numbers = stores.repository().numbers(Requests.account(request));
        return numbers.isEmpty() ? OptionalInt.empty() : OptionalInt.of(numbers.getLast());
    }

    private Optional<TrackingPlan> find(ServerRequest request, OptionalInt number) {
        String account = Requests.account(request);
        return number.isEmpty() ? Optional.empty() : stores.repository().find(account, number.getAsInt());
    }

    private static ServerResponse one(Optional<TrackingPlan> plan) {
        return plan.map(found -> Replies.tagged(found.number(), TrackingPlanJson.write(found)))
                .orElseGet(TrackingPlanRoutes::unknown);
    }

    private ServerResponse diff(ServerRequest request, OptionalInt other) {
        Optional<TrackingPlan> from = find(request, OptionalInt.of(Requests.number(request)));
        Optional<TrackingPlan> to = find(request, other);
        if (from.isEmpty() || to.isEmpty()) {
            return unknown();
        }
        return Replies.json(
                HttpStatus.OK, PlanAnswers.diff(from.get(), to.get(), PlanDiff.between(from.get(), to.get())));
    }

    private ServerResponse rollBack(ServerRequest request) throws IOException {
        String account = Requests.account(request);
        int number = Requests.number(request);
        OptionalInt expected = Requests.expected(request);
        Remarks remarks = Requests.remarks(Requests.body(request.servletRequest(), bounds.body()));
        if (remarks.reason().isEmpty()) {
            throw new MalformedException("reason is missing; say why the tracking plan is rolled back");
        }
        Optional<TrackingPlan> earlier = find(request, OptionalInt.of(number));
        if (earlier.isEmpty()) {
            return unknown();
        }
        if (current(request).equals(OptionalInt.of(number))) {
            return Replies.refuse(
                    HttpStatus.CONFLICT, "already_current", "tracking plan " + number + " is the current one already");
        }
        List<Problem> problems = PlanSubmission.problems(earlier.get(), remarks);
        if (!problems.isEmpty()) {
            return refused(problems);
        }
        Authorship authorship = Authorship.of(remarks, clock.instant()).rollingBackFrom(number);
        return publish(account, earlier.get(), authorship, expected);
    }

    private static ServerResponse refused(List<Problem> problems) {
        return Replies.json(HttpStatus.UNPROCESSABLE_CONTENT, PlanAnswers.refused(problems));
    }

    private static ServerResponse unknown() {
        return Replies.refuse(HttpStatus.NOT_FOUND, "unknown_tracking_plan", "there is no such tracking plan");
    }
}
