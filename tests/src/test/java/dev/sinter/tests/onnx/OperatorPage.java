package dev.sinter.tests.onnx;

import dev.sinter.frontend.onnx.operator.OperatorTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/// The table of ONNX operators in `docs/operators.md`. Its columns are found by trying, but for the last, in which
/// people may explain what an operator becomes, in more than the names of operators: a table that is written anew keeps
/// that. A row for several operators, or without the columns in between, is as good a place for a new explanation.
@NullMarked
record OperatorPage(String page) {
    private static final String BEGIN = "| ONNX | opsets |";
    private static final String NAMES_ONLY = "(`\\w+`(, )?)*";
    private static final String HEADING = """
        | ONNX | opsets | element types | computed by | becomes |
        | --- | --- | --- | --- | --- |
        """;

    /// Operators with graphs of their own, which no example says: there it is what these hold that counts.
    private static final Set<String> WITH_GRAPHS = Set.of("If", "Loop", "Scan");

    /// What is explained, by operator.
    Map<String, String> explanations() {
        Map<String, String> explanations = new TreeMap<>();
        table().lines().skip(2).forEach(line -> {
            // A bar in a formula is written with a backslash before it.
            List<String> cells = List.of(line.split("(?<!\\\\)\\|"));
            for (String operator : cells.get(1).split(",")) {
                explanations.put(operator.strip(), cells.getLast().strip());
            }
        });
        return explanations;
    }

    /// The page with the table that the compiler is found to deserve.
    String current(List<String> examples) {
        Map<String, String> explanations = explanations();
        List<String> rows = new ArrayList<>();
        for (String operator : OperatorTable.names()) {
            OperatorFacts facts = OperatorFacts.of(operator, examples);
            String explanation = explanations.getOrDefault(operator, "");
            rows.add("| "
                    + String.join(
                            " | ",
                            operator,
                            facts.opsets(),
                            WITH_GRAPHS.contains(operator) ? "as in it" : facts.types(),
                            WITH_GRAPHS.contains(operator) ? "as in it" : facts.runs(),
                            explanation.matches(NAMES_ONLY) ? facts.becomes() : explanation)
                    + " |\n");
        }
        return page.replace(table(), HEADING + rows.stream().collect(Collectors.joining()));
    }

    private String table() {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf("\n\n", begin) + 1;
        return page.substring(begin, end);
    }
}
