package dev.sinter.ir.verify;

import dev.sinter.ir.plan.Step;
import java.util.List;
import java.util.Optional;

/// The verdicts on all steps of a network, in the order in which they run.
///
/// @param unjudged steps whose result the imported network does not have, so that the oracle cannot say what it ought
///     to be; what they compute is judged with the next step that reads it
/// @param unchecked steps that run on the host: the oracle has nothing but the same code to hold them against
public record VerificationReport(List<StepVerdict> verdicts, List<Step> unjudged, List<Step> unchecked) {
    public VerificationReport {
        verdicts = List.copyOf(verdicts);
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
