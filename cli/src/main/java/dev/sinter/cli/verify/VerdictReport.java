package dev.sinter.cli.verify;

import dev.sinter.ir.diag.Place;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Deviation;
import dev.sinter.ir.interp.Difference;
import dev.sinter.ir.interp.Judgement;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.verify.StepVerdict;
import dev.sinter.ir.verify.VerificationReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `verify` prints.
///
/// @param seed from which inputs, and in exact mode weights, were made; null where inputs were given
/// @param wholeNetwork by output; null if nobody asked
/// @param withReaders results that the imported network does not have; they were judged with what reads them
/// @param unjudged results of which the oracle cannot say what they ought to be
/// @param onHost layers that run on the host, not checked independently
public record VerdictReport(
        int version,
        String model,
        String device,
        String deviceName,
        boolean exact,
        @Nullable Long seed,
        boolean passed,
        long elements,
        List<Layer> layers,
        List<String> withReaders,
        List<String> unjudged,
        List<String> onHost,
        @Nullable List<WholeDifference> wholeNetwork) {
    private static final int VERSION = 1;

    /// One group of layers that were compiled together, by the name of the last one.
    ///
    /// @param schedule where a file has the schedule; null where the compiler chose it
    /// @param tuned where the schedule stands that was measured to be the fastest; null where none was
    /// @param judgedBy `bound`, `exact`, or `exact_but_division`
    /// @param unbounded elements that could be anything, as a quotient whose divisor may be zero
    /// @param largestRatio of an error to its bound
    public record Layer(
            String name,
            List<String> operators,
            List<String> kernels,
            @Nullable String schedule,
            @Nullable String tuned,
            String judgedBy,
            String verdict,
            long elements,
            long beyond,
            long unbounded,
            double largestError,
            double largestRatio,
            @Nullable Wrong first) {
        boolean passed() {
            return beyond == 0;
        }
    }

    /// The first element beyond its bound.
    ///
    /// @param index its coordinates
    /// @param bound how far the device's value may be off
    /// @param likelyBound how far it very likely is at most
    public record Wrong(List<Long> index, Number device, Number oracle, double bound, double likelyBound) {
        static Wrong of(Deviation deviation) {
            return new Wrong(
                    deviation.index(),
                    deviation.device(),
                    deviation.oracle(),
                    deviation.bound(),
                    deviation.likelyBound());
        }
    }

    /// How far an output is from the oracle's over the whole network, where errors add up: told, not judged.
    ///
    /// @param scale the largest magnitude of the oracle's output
    /// @param kinds elements that are NaN or infinite on one side only
    public record WholeDifference(String output, double largest, double mean, double scale, long kinds) {
        public static WholeDifference of(Value output, Difference difference) {
            return new WholeDifference(
                    output.name(), difference.largest(), difference.mean(), difference.scale(), difference.kinds());
        }
    }

    /// @param seed empty where inputs were given
    /// @param whole null if nobody asked
    public static VerdictReport of(
            String model,
            String device,
            String deviceName,
            boolean exact,
            Optional<Long> seed,
            VerificationReport report,
            @Nullable List<WholeDifference> whole) {
        return new VerdictReport(
                VERSION,
                model,
                device,
                deviceName,
                exact,
                seed.orElse(null),
                report.passed(),
                report.elements(),
                report.verdicts().stream().map(VerdictReport::layer).toList(),
                names(report.withReaders()),
                names(report.unjudged()),
                report.unchecked().stream()
                        .map(step -> step.cluster().last().label())
                        .toList(),
                whole);
    }

    private static List<String> names(List<Step> steps) {
        return steps.stream().map(step -> step.cluster().last().name()).toList();
    }

    private static Layer layer(StepVerdict verdict) {
        Judgement judgement = verdict.judgement();
        List<Node> nodes = verdict.step().cluster().nodes();
        return new Layer(
                nodes.getLast().name(),
                nodes.stream().map(node -> node.op().mnemonic()).toList(),
                kernels(verdict.step()),
                verdict.step().writtenAt().map(Place::toString).orElse(null),
                verdict.step().tunedAt().map(Place::toString).orElse(null),
                verdict.mode().name().toLowerCase(Locale.ROOT),
                judgement.verdict().name().toLowerCase(Locale.ROOT),
                judgement.elements(),
                judgement.beyond(),
                judgement.unbounded(),
                judgement.largestError(),
                judgement.largestRatio(),
                judgement.first().map(Wrong::of).orElse(null));
    }

    private static List<String> kernels(Step step) {
        return step.kernels().stream().map(Kernel::name).toList();
    }
}
