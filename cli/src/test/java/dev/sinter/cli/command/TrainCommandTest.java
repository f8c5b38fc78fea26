package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.cli.CommandRun;
import dev.sinter.cli.SampleFiles;
import dev.sinter.cli.train.TrainingFiles;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.training.EpochReport;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    @TempDir
    Path folder;

    private CommandRun train(Object... arguments) {
        Object[] all = new Object[arguments.length + 4];
        all[0] = "train";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--device";
        all[arguments.length + 2] = "jvm";
        all[arguments.length + 3] = "--quiet";
        return CommandRun.of(all);
    }

    @Test
    void a_trained_model_runs_and_log_and_curve_are_written() throws Exception {
        Path model = folder.resolve("model.onnx");
        Path log = folder.resolve("log.csv");
        Path curve = folder.resolve("curve.svg");
        String out = train(
                        "lenet5",
                        "--data",
                        "digits:200",
                        "--epochs",
                        2,
                        "--batch",
                        20,
                        "--out",
                        model,
                        "--log",
                        log,
                        "--curve",
                        curve)
                .fine()
                .out();
        assertTrue(out.contains("best epoch: "), out);
        assertTrue(out.contains("is (row) and was taken for (column)"), out);
        List<String> lines = Files.readAllLines(log);
        assertEquals(3, lines.size(), "a heading and a line per epoch");
        assertTrue(Files.readString(curve).startsWith("<svg "));
        CommandRun.of("verify", model, "--device", "jvm").fine();
    }

    @Test
    void training_goes_on_from_a_checkpoint_and_another_training_does_not() {
        Path checkpoint = folder.resolve("run.ckpt");
        Object[] first = {"lenet5", "--data", "digits:100", "--epochs", 1, "--batch", 20, "--checkpoint", checkpoint};
        train(first).fine();
        train("lenet5", "--data", "digits:100", "--epochs", 1, "--batch", 20, "--checkpoint", checkpoint, "--resume")
                .fine();
        train("mlp", "--data", "digits:100", "--epochs", 1, "--batch", 20, "--checkpoint", checkpoint, "--resume")
                .isWrongUse("TRAIN-003", "run.ckpt", "network is mlp");
    }

    @Test
    void training_goes_on_to_more_epochs_and_log_and_curve_have_them_all() throws Exception {
        Path checkpoint = folder.resolve("run.ckpt");
        Path log = folder.resolve("log.csv");
        Path curve = folder.resolve("curve.svg");
        train(oneEpoch("--checkpoint", checkpoint)).fine();
        train(oneEpoch("--checkpoint", checkpoint, "--resume", "--epochs", 3, "--log", log, "--curve", curve))
                .fine();
        List<String> lines = Files.readAllLines(log);
        assertEquals(4, lines.size(), lines::toString);
        assertTrue(lines.get(1).startsWith("1,") && lines.get(3).startsWith("3,"), lines::toString);
        assertTrue(Files.readString(curve).contains(">3</text>"));
        train(oneEpoch("--checkpoint", checkpoint, "--resume", "--epochs", 2))
                .isWrongUse("TRAIN-003", "3 epochs", "have 2");
    }

    @Test
    void a_checkpoint_is_not_replaced_by_a_training_from_the_beginning() throws Exception {
        Path checkpoint = folder.resolve("run.ckpt");
        train(oneEpoch("--checkpoint", checkpoint)).fine();
        byte[] before = Files.readAllBytes(checkpoint);
        train(oneEpoch("--checkpoint", checkpoint)).isWrongUse("OPT-001", "run.ckpt", "--resume");
        assertArrayEquals(before, Files.readAllBytes(checkpoint));
    }

    @Test
    void log_and_curve_hold_the_epochs_before_a_training_stopped() throws Exception {
        Path log = folder.resolve("log.csv");
        Path curve = folder.resolve("curve.svg");
        TrainingFiles files =
                new TrainingFiles(Optional.of(OutputFile.at(log)), Optional.of(OutputFile.at(curve)), "a & b");
        files.step(1, 4, 2.5, 0.1);
        files.step(2, 4, 1.5, 0.4);
        files.epoch(new EpochReport(1, 2, 0.1, 2, 0.25, Double.NaN, Double.NaN, 1));
        assertEquals(2, Files.readAllLines(log).size());
        assertTrue(Files.readString(curve).contains("a &amp; b"));
        files.step(3, 4, 1.2, 0.5);
        assertEquals(2, Files.readAllLines(log).size());
    }

    private static Object[] oneEpoch(Object... others) {
        List<Object> all = new ArrayList<>(List.of("lenet5", "--data", "digits:100", "--batch", 20));
        List<Object> further = List.of(others);
        all.addAll(further.contains("--epochs") ? List.of() : List.of("--epochs", 1));
        all.addAll(further);
        return all.toArray();
    }

    @Test
    void data_that_is_none_is_told_apart() throws Exception {
        train("lenet5", "--data", folder.resolve("missing")).isWrongUse("FILE-001", "missing");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        train("lenet5", "--data", empty).isWrongUse("INPUT-004", "empty folder", "2 classes");
        Path single = Files.createDirectories(folder.resolve("single/cats"));
        SampleFiles.picture(single.resolve("a.png"), 4, 4, Color.RED);
        train("lenet5", "--data", folder.resolve("single")).isWrongUse("INPUT-004", "one class", "cats");
        train("lenet5", "--data", "digits:none").isWrongUse("OPT-001", "'none'");
    }

    @Test
    void the_last_layer_is_made_for_as_many_classes_as_there_are() throws Exception {
        Path model = folder.resolve("pets.onnx");
        for (Color colour : List.of(Color.BLACK, Color.WHITE)) {
            Path own = Files.createDirectories(folder.resolve("pets").resolve(colour == Color.BLACK ? "cats" : "dogs"));
            for (int i = 0; i < 8; i++) {
                SampleFiles.picture(own.resolve(i + ".png"), 30, 28, colour);
            }
        }
        String out = train(
                        "lenet5",
                        "--data",
                        folder.resolve("pets"),
                        "--batch",
                        2,
                        "--epochs",
                        3,
                        "--test-share",
                        0.25,
                        "--out",
                        model)
                .fine()
                .out();
        assertTrue(out.contains("cats") && out.contains("dogs"), out);
        assertTrue(CommandRun.of("inspect", model).fine().out().contains("2"));
    }

    @Test
    void a_label_out_of_range_is_refused() throws Exception {
        Path images = SampleFiles.idxImages(folder.resolve("a-images-idx3-ubyte"), 3, 28, 28);
        SampleFiles.idxLabels(folder.resolve("a-labels-idx1-ubyte"), 0, 1, 10);
        train("lenet5", "--data", images).isWrongUse("INPUT-004", "label 2 is 10", "0 to 9");
    }

    @Test
    void options_that_make_no_sense_are_refused_before_any_work() {
        train("lenet5", "--data", "digits", "--epochs", 0).isWrongUse("OPT-001", "epochs 0");
        train("lenet5", "--data", "digits", "--optimiser", "magic").isWrongUse("OPT-001", "'magic'", "adamw");
        train("lenet5", "--data", "digits", "--schedule", "step").isWrongUse("OPT-001", "step:EPOCHS:FACTOR");
        train("lenet5", "--data", "digits", "--rate", -1).isWrongUse("OPT-001", "-1");
        train("lenet5", "--data", "digits", "--resume").isWrongUse("OPT-001", "--checkpoint");
        train("lenet6", "--data", "digits").isWrongUse("FILE-001", "lenet6");
        Path nowhere = folder.resolve("no/such/model.onnx");
        train("lenet5", "--data", "digits", "--out", nowhere).isWrongUse("FILE-003", "no folder");
        assertFalse(Files.exists(nowhere));
    }

    @Test
    void a_loss_that_explodes_stops_with_step_and_layer_and_writes_no_model() {
        Path model = folder.resolve("model.onnx");
        CommandRun run = train(
                "lenet5",
                "--data",
                "digits:200",
                "--epochs",
                1,
                "--batch",
                20,
                "--optimiser",
                "sgd",
                "--rate",
                "1e18",
                "--out",
                model);
        run.isWrongUse("TRAIN-002", "step", "learning rate");
        assertFalse(Files.exists(model));
    }
}
