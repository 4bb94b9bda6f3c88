package dev.sluice.rules.web;

import dev.sluice.model.MalformedException;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.rules.BearerToken;
import dev.sluice.rules.Publication;
import dev.sluice.rules.Publisher;
import dev.sluice.rules.RuleSetRepository;
import dev.sluice.rules.UnreachableException;
import dev.sluice.rules.UnreadableException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The console's HTTP interface; see {@code docs/OPERATIONS.md}. Thread-safe. */
public final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final String RULE_SETS = "/v1/accounts/{account}/rule-sets";

    private final RuleSetRepository repository;
    private final Publisher publisher;
    private final BearerToken token;
    private final int maxBody;

    /** @param maxBody bytes of a published body */
    public Routes(RuleSetRepository repository, Publisher publisher, BearerToken token, int maxBody) {
        this.repository = repository;
        this.publisher = publisher;
        this.token = token;
        this.maxBody = maxBody;
    }

    /** All routes, and what each failure is answered with. */
    public RouterFunction<ServerResponse> all() {
        return RouterFunctions.route()
                .POST(RULE_SETS, this::publish)
                .GET(RULE_SETS, this::numbers)
                .GET(RULE_SETS + "/current", this::current)
                .GET(RULE_SETS + "/{number}", this::one)
                .GET("/health/live", request -> Replies.json(HttpStatus.OK, Answers.health("live", true)))
                .GET("/health/ready", request -> ready())
                .route(
                        RequestPredicates.all(),
                        request -> Replies.refuse(HttpStatus.NOT_FOUND, "unknown_path", "there is nothing here"))
                .onError(MalformedException.class, (e, request) -> refuse(HttpStatus.BAD_REQUEST, "malformed", e))
                .onError(InvalidRuleException.class, (e, request) -> Replies.invalid((InvalidRuleException) e))
                .onError(TooLargeException.class, (e, request) -> refuse(HttpStatus.CONTENT_TOO_LARGE, "too_large", e))
                .onError(UnreachableException.class, (e, request) -> unreachable(e))
                .onError(UnreadableException.class, (e, request) -> unreadable(e))
                .build();
    }

    private ServerResponse publish(ServerRequest request) throws IOException {
        if (!token.isIn(Optional.ofNullable(request.headers().firstHeader("Authorization")))) {
            return Replies.unauthorized();
        }
        String account = Requests.account(request);
        OptionalInt expected = Requests.expected(request);
        byte[] body = Requests.body(request.servletRequest(), maxBody);
        return switch (publisher.publish(account, Draft.read(body), expected)) {
            case Publication.Published(RuleSet rules) -> published(rules);
            case Publication.NotCurrent(int current) -> Replies.notCurrent(current);
            case Publication.Contended(int attempts) ->
                Replies.comeBack("contended", "others took each of " + attempts + " numbers that were tried");
        };
    }

    private ServerResponse numbers(ServerRequest request) {
        String account = Requests.account(request);
        return Replies.json(HttpStatus.OK, Answers.numbers(account, repository.numbers(account)));
    }

    private ServerResponse current(ServerRequest request) {
        String account = Requests.account(request);
        List<Integer> numbers = repository.numbers(account);
        return numbers.isEmpty() ? found(Optional.empty()) : found(repository.find(account, numbers.getLast()));
    }

    private ServerResponse one(ServerRequest request) {
        return found(repository.find(Requests.account(request), Requests.number(request)));
    }

    private ServerResponse ready() {
        repository.probe();
        return Replies.json(HttpStatus.OK, Answers.health("ready", true));
    }

    private static ServerResponse found(Optional<RuleSet> rules) {
        return rules.map(found -> Replies.tagged(found.number(), RuleSetJson.write(found)))
                .orElseGet(() -> Replies.refuse(HttpStatus.NOT_FOUND, "unknown_rule_set", "there is no such rule set"));
    }

    private static ServerResponse published(RuleSet rules) {
        LOG.info(
                "account {} published rule set {} of {} segments",
                rules.account(),
                rules.number(),
                rules.segments().size());
        String location = "/v1/accounts/" + rules.account() + "/rule-sets/" + rules.number();
        return Replies.created(rules.number(), location, Answers.published(rules));
    }

    private static ServerResponse refuse(HttpStatus status, String code, Throwable refusal) {
        return Replies.refuse(status, code, String.valueOf(refusal.getMessage()));
    }

    private static ServerResponse unreachable(Throwable failure) {
        LOG.warn("{}", failure.getMessage());
        return Replies.comeBack("unreachable", "the store of rule sets does not answer");
    }

    private static ServerResponse unreadable(Throwable failure) {
        LOG.error("{}", failure.getMessage());
        return refuse(HttpStatus.INTERNAL_SERVER_ERROR, "unreadable", failure);
    }
}
