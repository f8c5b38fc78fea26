package dev.sinter.cli.conformance;

import java.util.List;

/// A case with its outcome.
///
/// @param operators that its model has; empty if it could not be read
public record CaseResult(String name, List<String> operators, CaseOutcome outcome) {
    private static final String CONSTANT = "Constant";
    private static final String SEVERAL = "several operators";
    private static final String UNREAD = "not read";

    public CaseResult {
        operators = List.copyOf(operators);
    }

    /// The operator that the case is about: that of its model, if there is one only.
    public String operator() {
        List<String> computing = operators.size() == 1
                ? operators
                : operators.stream().filter(name -> !name.equals(CONSTANT)).toList();
        return switch (computing.size()) {
            case 0 -> operators.isEmpty() ? UNREAD : SEVERAL;
            case 1 -> computing.getFirst();
            default -> SEVERAL;
        };
    }
}
