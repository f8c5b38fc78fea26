package dev.sinter.cli.run;

import dev.sinter.ir.graph.Value;
import java.util.List;

/// A summary for each of a network's outputs.
public final class OutputSummaries {
    private final List<OutputSummary> all;
    private final long batch;

    /// @param batch how many samples one run takes
    public OutputSummaries(List<Value> outputs, long batch) {
        this.all = outputs.stream().map(OutputSummary::new).toList();
        this.batch = batch;
    }

    public void add(BatchRunner.Batch done) {
        for (OutputSummary summary : all) {
            summary.add(
                    done.output(summary.output()),
                    OutputRows.of(summary.output(), batch)
                            .elements(done.samples().size()));
        }
    }

    public List<RunReport.OutputEntry> entries() {
        return all.stream().map(OutputSummary::entry).toList();
    }
}
