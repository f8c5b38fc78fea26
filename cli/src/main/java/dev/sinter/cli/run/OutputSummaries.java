package dev.sinter.cli.run;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Tensor;
import java.util.List;

/// A summary for each of a network's outputs.
public final class OutputSummaries {
    private final Graph graph;
    private final List<OutputSummary> all;
    private final long batch;

    /// @param batch how many samples one run takes
    public OutputSummaries(Graph graph, long batch) {
        this.graph = graph;
        this.all = graph.outputs().stream()
                .map(output -> new OutputSummary(output, graph.isOpen(output)))
                .toList();
        this.batch = batch;
    }

    public void add(BatchRunner.Batch done) {
        for (OutputSummary summary : all) {
            Tensor found = done.output(summary.output());
            OutputRows rows = OutputRows.of(graph, summary.output(), found, batch);
            summary.add(found, rows.elements(done.samples().size()));
        }
    }

    public List<RunReport.OutputEntry> entries() {
        return all.stream().map(OutputSummary::entry).toList();
    }
}
