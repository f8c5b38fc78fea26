package dev.sinter.cli.hardware;

import dev.sinter.backend.fpga.Board;
import dev.sinter.backend.fpga.Design;
import dev.sinter.backend.fpga.DesignFiles;
import dev.sinter.backend.fpga.Use;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.terminal.TextTable;
import dev.sinter.cli.terminal.TextTable.Column;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Prints for people what came of a synthesis, and what to do next.
public record SynthesisPrinter(Terminal terminal, Path folder) {
    public void print(SynthesisReport report, SynthesisOutcome outcome, Optional<Board> board, Design design) {
        TextTable table = new TextTable(
                Column.text(""),
                Column.number("USED"),
                Column.number("OF"),
                Column.number("ESTIMATED").dispensable(1));
        for (Use use : outcome.uses()) {
            table.row(
                    use.name(),
                    number(use.used()),
                    number(use.available()),
                    report.estimated().stream()
                            .filter(other -> other.name().equals(use.name()))
                            .map(other -> number(other.used()))
                            .findFirst()
                            .orElse(""));
        }
        table.print(terminal);
        speed(report, board, design);
        next(outcome, board);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private void speed(SynthesisReport report, Optional<Board> board, Design design) {
        String path = report.frequency() == null
                ? "placing and routing will tell what its longest path allows"
                : String.format(Locale.ROOT, "its longest path allows %.1f MHz", report.frequency() / 1e6);
        terminal.out()
                .println(String.format(
                        Locale.ROOT,
                        "%.0f frames a second at %.1f MHz; %s",
                        report.framesPerSecond(),
                        report.clock() / 1e6,
                        path));
        board.ifPresent(known -> new FitPrinter(terminal).line(known, design));
    }

    private void next(SynthesisOutcome outcome, Optional<Board> board) {
        if (outcome.bitstream() == null) {
            terminal.out().println("wrote " + folder);
            terminal.out()
                    .println(
                            outcome.build() == null
                                    ? "no board is known for it: its pins are for you to choose"
                                    : "a bitstream is made there by: " + outcome.build());
        } else {
            Path bitstream = folder.resolve(outcome.bitstream());
            terminal.out().println("wrote " + bitstream);
            terminal.out().println("to the board: openFPGALoader -b ice40_generic " + bitstream);
        }
        if (board.isPresent()) {
            terminal.out()
                    .println("then over its serial line: " + folder.resolve(DesignFiles.LOAD)
                            + " once, for each frame what request.bin is for one, to which it answers answer.bin");
        }
    }
}
