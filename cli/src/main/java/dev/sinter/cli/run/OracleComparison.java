package dev.sinter.cli.run;

import dev.sinter.cli.input.Feeds;
import dev.sinter.cli.input.InputBatch;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.verify.StepVerdict;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Holds what a device computes for the first samples against the oracle, layer by layer.
///
/// @param samples how many were held against it
/// @param firstFailure the first layer that is beyond its bound
public record OracleComparison(long samples, Optional<StepVerdict> firstFailure) {
    /// Compiles the network once more, with every intermediate tensor kept, and runs whole batches until `atLeast`
    /// samples were seen.
    ///
    /// @throws dev.sinter.ir.diag.CompileException if a sample cannot be read
    public static OracleComparison of(Graph graph, Device device, CompileOptions options, Feeds feeds, long atLeast) {
        try (Executable executable = Sinter.compile(graph, device, options.withIntermediatesKept())) {
            InputBatch inputs = new InputBatch(executable.inputs(), feeds.batch());
            List<VerificationReport> reports = new ArrayList<>();
            long seen = 0;
            while (seen < Math.min(atLeast, feeds.count()) && reports.stream().allMatch(VerificationReport::passed)) {
                long end = Math.min(seen + feeds.batch(), feeds.count());
                inputs.fill(LongStream.range(seen, end).mapToObj(feeds::sample).toList());
                reports.add(Verification.bounded(executable, inputs.tensors(), _ -> {}));
                seen = end;
            }
            return new OracleComparison(
                    seen,
                    reports.stream()
                            .flatMap(report -> report.firstFailure().stream())
                            .findFirst());
        }
    }

    public boolean passed() {
        return firstFailure.isEmpty();
    }
}
