package dev.sinter.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.cli.conformance.CaseOutcome;
import dev.sinter.cli.conformance.CaseResult;
import dev.sinter.cli.conformance.ConformanceCase;
import dev.sinter.cli.conformance.ConformanceRunner;
import dev.sinter.cli.conformance.ConformanceSubject;
import dev.sinter.cli.conformance.OracleSubject;
import dev.sinter.tests.support.GoldenFile;
import dev.sinter.tests.support.Requirements;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Which of ONNX's own tests do not pass, by file, one line each: those that are not supported with the code of the
/// reason, those for which inputs had to be made constants with these inputs. Each list is exact, so that a case that
/// starts to pass is struck off, and none stops unnoticed.
@NullMarked
record RecordedOutcomes(
        ConformanceSubject subject, List<String> failures, List<String> unsupported, List<String> constants) {
    private static final Path FOLDER = Path.of("src/test/resources/onnx");
    private static final String TESTS = "Onnx*";

    static RecordedOutcomes of(ConformanceSubject subject, String... folders) {
        RecordedOutcomes outcomes =
                new RecordedOutcomes(subject, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        ConformanceRunner runner = new ConformanceRunner(subject);
        for (String folder : folders) {
            for (ConformanceCase test :
                    ConformanceCase.in(Requirements.sharedData().resolve("onnx/" + folder))) {
                outcomes.add(folder + "/" + test.name(), runner.run(test));
            }
        }
        return outcomes;
    }

    private void add(String name, CaseResult result) {
        switch (result.outcome()) {
            case CaseOutcome.Passed(var names, _) -> {
                if (!names.isEmpty()) {
                    constants.add(name + " " + String.join(" ", names));
                }
            }
            case CaseOutcome.Unsupported(var why) ->
                unsupported.add(name + " " + why.code().text());
            case CaseOutcome.Wrong(_, var element) -> failures.add(name + ": " + element);
            case CaseOutcome.Broken(String why) -> failures.add(name + ": " + why);
        }
    }

    void requireNoFailure() {
        assertEquals("", String.join("\n", failures));
    }

    /// What is not supported on the oracle cannot be imported, which devices have nothing to do with; their lists have
    /// the others.
    ///
    /// @param who whose list of unsupported cases this is
    void requireUnsupportedAsRecorded(String who) throws IOException {
        List<String> lines = subject instanceof OracleSubject
                ? unsupported
                : unsupported.stream().filter(line -> !line.contains(" ONNX-")).toList();
        GoldenFile.requireSame(FOLDER.resolve("unsupported-" + who + ".txt"), lines(lines), TESTS);
    }

    void requireConstantsAsRecorded() throws IOException {
        GoldenFile.requireSame(FOLDER.resolve("inputs-made-constants.txt"), lines(constants), TESTS);
    }

    private static String lines(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
