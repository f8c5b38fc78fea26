package dev.sinter.training;

import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.training.data.Dataset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What must be the same for training to go on from a checkpoint, a line each.
///
/// @param text lines `what: value`
record Fingerprint(String text) {
    static Fingerprint of(TrainingGraph training, Dataset data, Settings settings) {
        String graph = GraphPrinter.print(training.graph(), GraphPrinter.Constants.ELIDED);
        byte[] digest = Checkpoint.sha256().digest(graph.getBytes(StandardCharsets.UTF_8));
        return new Fingerprint(String.join(
                "\n",
                "network: " + training.graph().name() + " "
                        + HexFormat.of().formatHex(digest).substring(0, 16),
                "data: " + data.size() + " images " + data.shape() + " in "
                        + data.classes().size() + " classes",
                "loss: " + settings.loss(),
                "optimiser: " + settings.optimiser(),
                "learning rate: " + settings.rate(),
                "batch: " + settings.batch(),
                "augmentation: " + settings.augmentation().map(Record::toString).orElse("none"),
                "seed: " + settings.seed()));
    }

    /// What differs, with both values; empty if nothing does.
    Optional<String> difference(String other) {
        Map<String, String> theirs = lines(other);
        return lines(text).entrySet().stream()
                .filter(own -> !own.getValue().equals(theirs.get(own.getKey())))
                .map(own -> own.getKey() + " is " + own.getValue() + " but the checkpoint's is "
                        + theirs.getOrDefault(own.getKey(), "not known"))
                .findFirst();
    }

    private static Map<String, String> lines(String text) {
        Map<String, String> lines = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(": ");
            lines.put(
                    line.substring(0, Math.max(0, colon)),
                    line.substring(colon + 1).strip());
        });
        return lines;
    }
}
