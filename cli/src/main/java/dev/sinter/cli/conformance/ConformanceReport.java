package dev.sinter.cli.conformance;

import dev.sinter.ir.diag.CompileException;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `conformance` prints.
///
/// @param operators in alphabetical order
public record ConformanceReport(
        int version, String device, String deviceName, Counts counts, List<Operator> operators, List<Case> cases) {
    private static final int VERSION = 1;

    /// @param withEveryInputFed of those that passed
    /// @param withConstants the others of those: inputs had to be made constants
    /// @param onHost of those that passed: a device left operators to the oracle's code
    public record Counts(
            long cases,
            long passed,
            long withEveryInputFed,
            long withConstants,
            long onHost,
            long failed,
            long unsupported) {
        static Counts of(List<Case> cases) {
            long passed = count(cases, one -> one.is(Case.PASSED));
            long constants =
                    count(cases, one -> one.is(Case.PASSED) && !one.constants().isEmpty());
            return new Counts(
                    cases.size(),
                    passed,
                    passed - constants,
                    constants,
                    count(cases, one -> !one.onHost().isEmpty()),
                    count(cases, one -> one.is(Case.FAILED)),
                    count(cases, one -> one.is(Case.UNSUPPORTED)));
        }

        private static long count(List<Case> cases, Predicate<Case> which) {
            return cases.stream().filter(which).count();
        }
    }

    public record Operator(String name, Counts counts) {}

    /// @param outcome `passed`, `failed` or `unsupported`
    /// @param constants inputs that had to be made constants
    /// @param onHost operators that a device left to the oracle's code, if it passed
    /// @param code of the reason, where it has one
    /// @param reason why it is not supported, or failed without a wrong element
    /// @param wrong the first element that is wrong
    public record Case(
            String name,
            String operator,
            String outcome,
            List<String> constants,
            List<String> onHost,
            @Nullable String code,
            @Nullable String reason,
            @Nullable WrongElement wrong) {
        static final String PASSED = "passed";
        static final String FAILED = "failed";
        static final String UNSUPPORTED = "unsupported";

        static Case of(CaseResult result) {
            String name = result.name();
            String operator = result.operator();
            return switch (result.outcome()) {
                case CaseOutcome.Passed(var constants, var onHost) ->
                    new Case(name, operator, PASSED, constants, onHost, null, null, null);
                case CaseOutcome.Unsupported(CompileException why) ->
                    new Case(
                            name,
                            operator,
                            UNSUPPORTED,
                            List.of(),
                            List.of(),
                            why.code().text(),
                            why.where() + ": " + why.fact(),
                            null);
                case CaseOutcome.Wrong(var constants, WrongElement element) ->
                    new Case(name, operator, FAILED, constants, List.of(), null, null, element);
                case CaseOutcome.Broken(String why) ->
                    new Case(name, operator, FAILED, List.of(), List.of(), null, why, null);
            };
        }

        boolean is(String wanted) {
            return outcome.equals(wanted);
        }
    }

    public static ConformanceReport of(ConformanceSubject subject, List<CaseResult> results) {
        List<Case> cases = results.stream().map(Case::of).toList();
        List<Operator> operators = cases.stream()
                .collect(Collectors.groupingBy(Case::operator, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(group -> new Operator(group.getKey(), Counts.of(group.getValue())))
                .toList();
        return new ConformanceReport(VERSION, subject.id(), subject.name(), Counts.of(cases), operators, cases);
    }

    /// Not supported is not failed.
    public boolean sound() {
        return counts.failed() == 0;
    }
}
