package dev.sinter.cli.hardware;

import dev.sinter.backend.fpga.Board;
import dev.sinter.backend.fpga.Design;
import dev.sinter.backend.fpga.Fit;
import dev.sinter.backend.fpga.Resources;
import dev.sinter.backend.fpga.Use;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.terminal.TextTable;
import dev.sinter.cli.terminal.TextTable.Column;
import java.util.List;
import java.util.Locale;

/// Prints for people what a design takes of a chip.
public final class FitPrinter {
    private final Terminal terminal;

    public FitPrinter(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Each kernel, and all of it.
    public void parts(Fit fit) {
        TextTable table = new TextTable(
                Column.text("KERNEL"),
                Column.number("CYCLES"),
                Column.number("LUTS"),
                Column.number("REGISTERS"),
                Column.number("MULTIPLIERS"),
                Column.number("BLOCK RAMS"),
                Column.number("LARGE").dispensable(1));
        fit.kernels().forEach(part -> row(table, part.label(), number(part.cycles()), part.resources()));
        row(table, "between them", "", fit.links());
        row(table, "all", number(fit.cycles()), fit.whole());
        table.print(terminal);
    }

    private static void row(TextTable table, String name, String cycles, Resources resources) {
        table.row(
                name,
                cycles,
                number(resources.luts()),
                number(resources.registers()),
                number(resources.multipliers()),
                number(resources.blockRams()),
                number(resources.largeRams()));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// How much of the chip is used, and whether it fits.
    public void verdict(Fit fit, String chip) {
        TextTable table = new TextTable(
                Column.text(""), Column.number(""), Column.text(""), Column.number(""), Column.number(""));
        for (Use use : fit.uses()) {
            table.row(use.name(), number(use.used()), "of", number(use.available()), share(use));
        }
        table.print(terminal);
        Use binding = fit.binding();
        terminal.out()
                .println(String.format(
                        Locale.ROOT,
                        "%,d cycles a frame: %s frames a second at %.0f MHz, with %s/s in and out",
                        fit.cycles(),
                        Quantity.threeDigits(fit.framesPerSecond()),
                        fit.clock() / 1e6,
                        Quantity.bytes(Math.round(fit.bandwidth()))));
        terminal.out()
                .println(
                        fit.fits()
                                ? "fits " + chip + "; most of all it takes " + binding.name() + ", " + share(binding)
                                : "does not fit " + chip + ": it takes " + number(binding.used()) + " " + binding.name()
                                        + ", and there are " + number(binding.available()));
    }

    /// How much of that the serial line of a board carries.
    public void line(Board board, Design design) {
        board.framesOverLine(design)
                .ifPresent(frames -> terminal.out()
                        .println("the serial line of the " + board.name() + " carries " + Quantity.threeDigits(frames)
                                + " frames a second"));
    }

    /// The same network at several paces.
    public void exploration(List<Fit> points) {
        TextTable table = new TextTable(
                Column.number("CYCLES"),
                Column.number("FRAMES/S"),
                Column.number("LUTS"),
                Column.number("REGISTERS").dispensable(2),
                Column.number("MULTIPLIERS"),
                Column.number("BLOCK RAMS"),
                Column.text("MOST OF ALL"),
                Column.text("").dispensable(1));
        for (Fit point : points) {
            Use binding = point.binding();
            table.row(
                    number(point.cycles()),
                    Quantity.threeDigits(point.framesPerSecond()),
                    number(point.whole().luts()),
                    number(point.whole().registers()),
                    number(point.whole().multipliers()),
                    number(point.whole().blockRams()),
                    share(binding) + " " + binding.name(),
                    point.fits() ? "fits" : "");
        }
        table.print(terminal);
    }

    private static String share(Use use) {
        return use.available() == 0 ? "none" : Math.round(100 * use.share()) + " %";
    }
}
