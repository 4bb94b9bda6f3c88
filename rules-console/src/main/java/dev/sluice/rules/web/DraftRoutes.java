package dev.sluice.rules.web;

import dev.sluice.rules.Authorship;
import dev.sluice.rules.Draft;
import dev.sluice.rules.Drafts;
import dev.sluice.rules.Publication;
import dev.sluice.rules.Publisher;
import dev.sluice.rules.Remarks;
import dev.sluice.rules.Submission;
import dev.sluice.rules.UnreachableException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Drafts: rule sets that somebody still works on, and their publication. Thread-safe. */
final class DraftRoutes {
    private static final String DRAFTS = "/v1/accounts/{account}/drafts";
    private static final String ONE = DRAFTS + "/{id}";

    private final Drafts drafts;
    private final Publisher publisher;
    private final Bounds bounds;
    private final Clock clock;
    private final Supplier<String> ids = () -> UUID.randomUUID().toString();

    DraftRoutes(Drafts drafts, Publisher publisher, Bounds bounds, Clock clock) {
        this.drafts = drafts;
        this.publisher = publisher;
        this.bounds = bounds;
        this.clock = clock;
    }

    RouterFunction<ServerResponse> all(Guard guard) {
        return RouterFunctions.route()
                .POST(DRAFTS, guard.of(this::begin))
                .GET(DRAFTS, this::list)
                .GET(ONE, this::one)
                .PUT(ONE, guard.of(this::replace))
                .DELETE(ONE, guard.of(this::remove))
                .POST(ONE + "/publish", guard.of(this::publish))
                .build();
    }

    private ServerResponse begin(ServerRequest request) throws IOException {
        String account = Requests.account(request);
        DraftJson.Written written = written(request);
        if (drafts.list(account, bounds.drafts()).size() >= bounds.drafts()) {
            return Replies.refuse(
                    HttpStatus.CONFLICT,
                    "too_many_drafts",
                    "the account has " + bounds.drafts() + " drafts, which is the limit; delete some");
        }
        Draft draft = written.as(account, ids.get(), 1, clock.instant());
        if (!drafts.store(draft)) {
            throw new IllegalStateException("an id was given twice");
        }
        String location = "/v1/accounts/" + account + "/drafts/" + draft.info().id();
        return Replies.created(1, location, DraftJson.one(draft));
    }

    private ServerResponse list(ServerRequest request) {
        String account = Requests.account(request);
        return Replies.json(HttpStatus.OK, DraftJson.list(account, drafts.list(account, 2 * bounds.drafts())));
    }

    private ServerResponse one(ServerRequest request) {
        return drafts.find(Requests.account(request), Requests.draft(request))
                .map(draft -> Replies.tagged(draft.info().revision(), DraftJson.one(draft)))
                .orElseGet(Replies::unknownDraft);
    }

    private ServerResponse replace(ServerRequest request) throws IOException {
        String account = Requests.account(request);
        String id = Requests.draft(request);
        OptionalInt read = Requests.expected(request);
        DraftJson.Written written = written(request);
        if (read.isEmpty()) {
            return Replies.ifMatchMissing();
        }
        Draft draft = written.as(account, id, read.getAsInt() + 1, clock.instant());
        // Revision 0 is nobody's: a put never begins a draft.
        return read.getAsInt() > 0 && drafts.store(draft)
                ? Replies.tagged(draft.info().revision(), DraftJson.one(draft))
                : changedOrGone(account, id);
    }

    private ServerResponse remove(ServerRequest request) {
        String account = Requests.account(request);
        String id = Requests.draft(request);
        OptionalInt read = Requests.expected(request);
        if (read.isEmpty()) {
            return Replies.ifMatchMissing();
        }
        return drafts.remove(account, id, read.getAsInt()) ? Replies.gone() : changedOrGone(account, id);
    }

    private ServerResponse changedOrGone(String account, String id) {
        return drafts.find(account, id)
                .map(draft -> Replies.otherRevision(draft.info().revision()))
                .orElseGet(Replies::unknownDraft);
    }

    private ServerResponse publish(ServerRequest request) throws IOException {
        String account = Requests.account(request);
        String id = Requests.draft(request);
        OptionalInt read = Requests.expected(request);
        Remarks said = Requests.remarks(Requests.body(request.servletRequest(), bounds.body()));
        if (read.isEmpty()) {
            return Replies.ifMatchMissing();
        }
        Optional<Draft> found = drafts.find(account, id);
        if (found.isEmpty()) {
            return Replies.unknownDraft();
        }
        Draft draft = found.get();
        int revision = draft.info().revision();
        if (read.getAsInt() != revision) {
            return Replies.otherRevision(revision);
        }
        var remarks = new Remarks(said.author().or(() -> draft.info().author()), said.reason(), said.allowEmpty());
        Submission submission = Submission.of(draft, remarks);
        if (!submission.inspection().problems().isEmpty()) {
            return Replies.invalid(submission.inspection().problems());
        }
        // Of several who publish it at once, one gets its next revision, and only that one goes on.
        var taken = draft.next();
        if (!drafts.store(taken)) {
            return changedOrGone(account, id);
        }
        Publication publication = publisher.publish(
                account,
                submission.inspection().content(),
                Authorship.of(remarks, clock.instant()),
                draft.info().base());
        return RuleSetRoutes.reply(publication, removed(publication, taken));
    }

    /** A draft that is published is done with, unless somebody went on with it meanwhile. */
    private List<String> removed(Publication publication, Draft draft) {
        if (!(publication instanceof Publication.Published)) {
            return List.of();
        }
        try {
            var info = draft.info();
            return drafts.remove(info.account(), info.id(), info.revision())
                    ? List.of()
                    : List.of("the draft was changed meanwhile and is kept");
        } catch (UnreachableException e) {
            return List.of("the draft could not be removed; delete it");
        }
    }

    private DraftJson.Written written(ServerRequest request) throws IOException {
        return DraftJson.read(Requests.body(request.servletRequest(), bounds.body()), bounds.draft());
    }
}
