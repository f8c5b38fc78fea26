package dev.sinter.cli.run;

import dev.sinter.cli.file.JsonFile;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.OutputFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// A file with what was predicted of each sample: `.csv` or `.json`.
public record PredictionFile(OutputFile file, Format format) {
    private enum Format {
        CSV,
        JSON
    }

    /// @throws CompileException if the file cannot be written, or its ending is none of the two
    public static PredictionFile at(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return new PredictionFile(OutputFile.at(path), Format.CSV);
        }
        if (name.endsWith(".json")) {
            return new PredictionFile(OutputFile.at(path), Format.JSON);
        }
        throw new CompileException(
                Code.OPTION,
                "--out",
                "the name of " + path + " must end in .csv or .json",
                "--save-outputs keeps arrays");
    }

    public void write(List<Prediction> predictions) {
        switch (format) {
            case CSV -> file.write(csv(predictions));
            case JSON -> JsonFile.write(file, predictions);
        }
    }

    /// One line per class, as <https://www.rfc-editor.org/rfc/rfc4180> has it but for the line ends.
    private static String csv(List<Prediction> predictions) {
        StringBuilder text = new StringBuilder("input,rank,class,label,score,truth\n");
        for (Prediction prediction : predictions) {
            int rank = 1;
            for (Prediction.Guess guess : prediction.classes()) {
                text.append(quoted(prediction.input())).append(',');
                text.append(rank++).append(',');
                text.append(guess.index()).append(',');
                text.append(quoted(guess.label())).append(',');
                text.append(guess.score()).append(',');
                text.append(prediction.truth() == null ? "" : prediction.truth())
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
