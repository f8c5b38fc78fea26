package dev.sinter.ir.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.graph.Verifier;

/// Short IR before a pass, short IR after it. Texts hold statements only; types and window attributes may be left out.
final class PassTexts {
    private PassTexts() {}

    static Graph graph(String statements) {
        return GraphParser.parse("sinter.graph 1 graph g {\n" + statements + "}\n", "test.sir");
    }

    static void assertRewritten(Rule rule, String before, String after) {
        assertRewritten(new RulePass(rule), before, after);
    }

    static void assertRewritten(Pass pass, String before, String after) {
        Graph rewritten = pass.apply(graph(before));
        Verifier.verify(rewritten);
        assertEquals(GraphPrinter.print(graph(after)), GraphPrinter.print(rewritten));
        assertSame(rewritten, pass.apply(rewritten), "the pass has more to do on its own result");
    }

    static void assertUnchanged(Rule rule, String statements) {
        assertUnchanged(new RulePass(rule), statements);
    }

    static void assertUnchanged(Pass pass, String statements) {
        Graph graph = graph(statements);
        assertSame(graph, pass.apply(graph), () -> GraphPrinter.print(pass.apply(graph)));
    }
}
