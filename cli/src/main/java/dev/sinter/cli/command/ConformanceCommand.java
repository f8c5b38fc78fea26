package dev.sinter.cli.command;

import dev.sinter.cli.conformance.CaseResult;
import dev.sinter.cli.conformance.ConformanceCase;
import dev.sinter.cli.conformance.ConformancePrinter;
import dev.sinter.cli.conformance.ConformanceReport;
import dev.sinter.cli.conformance.ConformanceRunner;
import dev.sinter.cli.conformance.ConformanceSubject;
import dev.sinter.cli.conformance.DeviceSubject;
import dev.sinter.cli.conformance.OracleSubject;
import dev.sinter.cli.file.JsonFile;
import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.terminal.ProgressDisplay;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Devices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs models with known inputs and outputs, such as ONNX's own tests.
@Command(
        name = "conformance",
        customSynopsis = "sinter conformance DIR... [OPTION]...",
        header = {"Runs models whose outputs are known, such as ONNX's own tests.", ""},
        description = {
            "",
            "A case is a folder of model.onnx and of folders test_data_set_0, ... of input_0.pb, ... and output_0.pb,"
                    + " ..., as ONNX's backend tests are. It passes, fails, or is unsupported and says why. Inputs are"
                    + " fed; where a model cannot be compiled without knowing one, such as the shape of a reshape, that"
                    + " one is made a constant, and the report says so."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sinter conformance onnx/backend/test/data/node",
            "  sinter conformance node/test_conv_with_strides_padding node/test_relu --device jvm",
            "  sinter conformance simple/ node/ --device opencl:0 --json"
        })
public final class ConformanceCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "A folder of cases, or a case.")
    private List<Path> folders = new ArrayList<>();

    @Option(
            names = {"-d", "--device"},
            paramLabel = "DEVICE",
            defaultValue = OracleSubject.ID,
            description = "oracle, the interpreter that all devices are judged by, or auto, a backend (opencl, jvm,"
                    + " tornado), an id (opencl:0), or part of a device's name. On a device the oracle judges every"
                    + " kernel as well. Default: oracle.")
    private String device = OracleSubject.ID;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private CommonOptions common = new CommonOptions();

    public ConformanceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<ConformanceCase> cases = ConformanceCase.in(folders);
        ConformanceRunner runner = new ConformanceRunner(subject());
        List<CaseResult> results = new ArrayList<>();
        boolean quiet = common.quiet() || json;
        try (TraceFile trace = common.openTrace();
                ProgressDisplay progress = ProgressDisplay.of(terminal, quiet, "cases", cases.size())) {
            for (ConformanceCase test : cases) {
                progress.say(test.name());
                long start = System.nanoTime();
                CaseResult result = runner.run(test);
                trace.report(new Trace.Event(
                        "case", test.name(), start, System.nanoTime(), Map.of("operator", result.operator())));
                results.add(result);
                progress.advance(1);
            }
        }
        ConformanceReport report = ConformanceReport.of(runner.subject(), results);
        if (json) {
            terminal.out().print(JsonFile.text(report));
        } else {
            new ConformancePrinter(terminal).print(report, common.quiet());
        }
        return report.sound() ? 0 : 1;
    }

    private ConformanceSubject subject() {
        return device.equals(OracleSubject.ID)
                ? new OracleSubject()
                : new DeviceSubject(Devices.installed().choose(device).device());
    }
}
