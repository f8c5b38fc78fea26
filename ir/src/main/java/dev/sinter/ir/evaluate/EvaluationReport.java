package dev.sinter.ir.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What the kernel evaluator found wrong, in the order in which it happened.
///
/// @param findings the first of them
/// @param total how many there were, shown or not
public record EvaluationReport(List<Finding> findings, long total) {
    public EvaluationReport {
        findings = List.copyOf(findings);
    }

    public boolean isClean() {
        return total == 0;
    }

    /// This report and then another.
    EvaluationReport and(EvaluationReport other) {
        List<Finding> both = new ArrayList<>(findings);
        both.addAll(other.findings);
        return new EvaluationReport(both, total + other.total);
    }

    @Override
    public String toString() {
        String shown = findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
        long more = total - findings.size();
        return shown + (more == 0 ? "" : "\nand " + more + " more");
    }
}
