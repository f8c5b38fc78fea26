package dev.sinter.cli.quantize;

import dev.sinter.cli.file.ModelFile;
import dev.sinter.cli.run.BatchRunner;
import dev.sinter.cli.run.ClassScores;
import dev.sinter.cli.run.Classification;
import dev.sinter.cli.terminal.Printable;
import dev.sinter.cli.terminal.ProgressDisplay;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.frontend.OnnxExport;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.file.Failures;
import dev.sinter.ir.graph.Graph;
import dev.sinter.training.quantization.QuantizationSettings;
import dev.sinter.training.quantization.QuantizedNetwork;
import dev.sinter.training.quantization.Quantizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// One network, quantised and written.
///
/// @param model what the user called the network
/// @param file where it was read from, if from a file
/// @param data what activations are measured on
/// @param test what accuracy is measured on
/// @param samples how many of the data to measure on
public record QuantizationJob(
        String model,
        Optional<Path> file,
        Graph graph,
        LabelledFeeds data,
        LabelledFeeds test,
        long samples,
        Device device,
        QuantizationSettings settings,
        Path out,
        Trace trace) {
    /// What a fall of accuracy is called bad from.
    private static final double MUCH = 0.01;

    /// What an output's signal to noise in dB is called bad below: the error is then a tenth of what is yielded.
    private static final double LITTLE = 20;

    public QuantizationJob {
        if (samples < 1) {
            throw new CompileException(Code.OPTION, "--samples", samples + " must be at least 1", null);
        }
    }

    /// Quantises, writes the file and measures what it does.
    ///
    /// @throws CompileException if the network cannot be quantised or does not fit the data
    public QuantizationReport run(Terminal terminal, boolean quiet) {
        Optional<Double> before = accuracy(graph, terminal, quiet);
        FeedSamples read = terminal.during(
                "reading samples",
                () -> FeedSamples.of(graph, data.feeds(), samples, failure -> complain(terminal, failure)));
        QuantizedNetwork network =
                terminal.during("quantising", trace, told -> Quantizer.quantize(graph, read, device, settings, told));
        Optional<Double> after = before.flatMap(_ -> accuracy(network.graph(), terminal, quiet));
        ModelFile.write(network.graph(), out);
        double decibels = network.decibels();
        return new QuantizationReport(
                QuantizationReport.VERSION,
                model,
                out.toString(),
                device.id(),
                settings.calibration().text(),
                settings.activations().name().toLowerCase(Locale.ROOT),
                settings.perChannel() ? "channel" : "tensor",
                settings.biasCorrection(),
                read.count(),
                network.layers().stream().map(QuantizationReport.LayerEntry::of).toList(),
                QuantizationReport.unlessExact(decibels),
                before.map(_ -> test.feeds().count()).orElse(null),
                before.orElse(null),
                after.orElse(null),
                bytesBefore(),
                size(out),
                advice(network, before, after).orElse(null));
    }

    private static void complain(Terminal terminal, CompileException failure) {
        terminal.err().println(Printable.message("left out: " + failure.getMessage()));
    }

    private Optional<Double> accuracy(Graph network, Terminal terminal, boolean quiet) {
        if (test.labels().truth().isEmpty()) {
            return Optional.empty();
        }
        ClassScores scores = ClassScores.of(network.outputs(), test.feeds().batch())
                .orElseThrow(() -> new CompileException(
                        Code.OPTION,
                        "--labels",
                        "tells the classes of samples but " + model
                                + " is no classifier: its output is not [N,classes]",
                        "leave --labels out, or put the pictures into one folder"));
        Classification classes = new Classification(scores, test.feeds(), test.labels(), 1, false);
        try (Executable executable = terminal.during(
                        "compiling",
                        trace,
                        told -> Sinter.compile(network, device, CompileOptions.DEFAULT.withTrace(told)));
                BatchRunner runner = new BatchRunner(executable, test.feeds(), trace);
                ProgressDisplay progress = ProgressDisplay.of(
                        terminal, quiet, "testing", test.feeds().count())) {
            runner.run(
                    batch -> {
                        classes.add(batch);
                        progress.advance(batch.samples().size());
                    },
                    failure -> complain(terminal, failure));
        }
        return classes.accuracy();
    }

    private long bytesBefore() {
        return file.filter(Files::isRegularFile)
                .filter(found -> found.toString().toLowerCase(Locale.ROOT).endsWith(".onnx"))
                .map(QuantizationJob::size)
                .orElseGet(() -> (long) OnnxExport.of(graph).length);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failure) {
            throw new CompileException(
                    Code.FILE_READ, file.toString(), "cannot be read: " + Failures.reason(failure), null, failure);
        }
    }

    private static Optional<String> advice(QuantizedNetwork network, Optional<Double> before, Optional<Double> after) {
        boolean falls = before.isPresent() && after.isPresent() && before.get() - after.get() > MUCH;
        if (!falls && network.decibels() >= LITTLE) {
            return Optional.empty();
        }
        String what = falls
                ? "accuracy fell by " + Quantity.threeDigits(100 * (before.get() - after.get())) + " points"
                : "an output has " + Quantity.threeDigits(network.decibels()) + " dB of signal to noise only";
        return Optional.of(what
                + network.noisiest()
                        .map(layer -> "; by its own rounding, " + layer.name() + " loses most: --keep " + layer.name()
                                + " leaves it in float32")
                        .orElse(""));
    }
}
