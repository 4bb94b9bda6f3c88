package dev.sluice.glue.rules;

import dev.sluice.model.rules.RuleCase;
import dev.sluice.model.rules.RuleCases;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.sql.RuleSql;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleCasesAsSqlTest {
    @Test
    void duck() {
        try (var engine = DuckDbEngine.open()) {
            run(engine);
        }
    }

    @Test
    void spark() {
        try (var engine = SparkEngine.open()) {
            run(engine);
        }
    }

    void run(SqlEngine engine) {
        for (RuleCase row : RuleCases.all()) {
            engine.observe(List.of(row.observation()));
            long t = System.nanoTime();
            var st = RuleSql.of(row.rules(), engine.dialect(), RuleFunctions.installed());
            try {
                var got = engine.answer(st).get(0);
                System.out.println((got.equals(row.matching()) ? "ok " : "WRONG ") + (System.nanoTime() - t) / 1000000
                        + " " + row.name());
            } catch (RuntimeException e) {
                System.out.println("FAIL " + row.name() + "\n" + st.get(0).text() + "\n"
                        + st.get(0).values() + "\n" + e.getMessage());
            }
        }
    }
}
