package dev.sinter.ir.verify;

import dev.sinter.ir.plan.Step;
import java.util.List;
import java.util.Optional;

/// The verdicts on all steps of a network, in the order in which they run.
///
/// @param withReaders steps whose result the imported network does not have; they were judged with the step that reads
///     it
/// @param unjudged steps of which the oracle cannot say what they ought to yield
/// @param unchecked steps that run on the host: the oracle has nothing but the same code to hold them against
public record VerificationReport(
        List<StepVerdict> verdicts, List<Step> withReaders, List<Step> unjudged, List<Step> unchecked) {
    public VerificationReport {
        verdicts = List.copyOf(verdicts);
        withReaders = List.copyOf(withReaders);
        unjudged = List.copyOf(unjudged);
        unchecked = List.copyOf(unchecked);
    }

    public boolean passed() {
        return firstFailure().isEmpty();
    }

    public Optional<StepVerdict> firstFailure() {
        return verdicts.stream().filter(verdict -> !verdict.passed()).findFirst();
    }

    /// How many elements were judged.
    public long elements() {
        return verdicts.stream()
                .mapToLong(verdict -> verdict.judgement().elements())
                .sum();
    }
}
