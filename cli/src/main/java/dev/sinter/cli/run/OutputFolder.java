package dev.sinter.cli.run;

import dev.sinter.cli.file.FileNames;
import dev.sinter.cli.file.FolderName;
import dev.sinter.cli.file.NpyWriter;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A folder with one `.npy` file per output: rows are samples, in order. An output without a row per sample gets a
/// further first dimension, one entry per run. One whose extents are open has a file for each run.
public final class OutputFolder implements AutoCloseable {
    private final Map<Value, NpyWriter> writers = new LinkedHashMap<>();
    private final Map<Value, Path> open = new LinkedHashMap<>();
    private final long batch;
    private long runs;

    private OutputFolder(long batch) {
        this.batch = batch;
    }

    /// @param folder empty if nobody wants the outputs
    /// @param batch how many samples one run takes
    /// @throws dev.sinter.ir.diag.CompileException if the folder cannot be made or written to
    public static OutputFolder open(Optional<Path> folder, Graph graph, long batch) {
        OutputFolder opened = new OutputFolder(batch);
        folder.ifPresent(path -> opened.fill(FolderName.make(path), graph));
        return opened;
    }

    private void fill(Path folder, Graph graph) {
        List<Value> outputs = graph.outputs();
        List<String> names =
                FileNames.distinct(outputs.stream().map(Value::name).toList());
        try {
            for (int i = 0; i < outputs.size(); i++) {
                Value output = outputs.get(i);
                if (graph.isOpen(output)) {
                    open.put(output, folder.resolve(names.get(i)));
                    continue;
                }
                OutputFile file = OutputFile.at(folder.resolve(names.get(i) + ".npy"));
                writers.put(
                        output,
                        NpyWriter.open(
                                file,
                                output.type().element(),
                                OutputRows.of(output, batch).row()));
            }
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    public void add(BatchRunner.Batch done) {
        writers.forEach((output, writer) -> {
            long rows =
                    OutputRows.of(output, batch).perSample() ? done.samples().size() : 1;
            writer.append(done.output(output), rows);
        });
        open.forEach((output, path) -> NpyWriter.write(
                OutputFile.at(path.resolveSibling(path.getFileName() + ".run" + runs + ".npy")), done.output(output)));
        runs++;
    }

    /// Gives the files their names, once all is written.
    public void finish() {
        writers.values().forEach(NpyWriter::finish);
    }

    @Override
    public void close() {
        writers.values().forEach(NpyWriter::close);
    }
}
