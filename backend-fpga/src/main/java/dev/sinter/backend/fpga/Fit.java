package dev.sinter.backend.fpga;

import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a design takes of a chip, and how fast it is there: estimated from its parts, before any synthesis.
///
/// @param kernels what each kernel takes
/// @param links what stands between them
/// @param whole all of it
/// @param uses of what the chip has
/// @param cycles from one frame to the next
/// @param clock how many cycles a second there are
/// @param bitsIn how many bits come in with a frame
/// @param bitsOut how many go out
public record Fit(
        List<Part> kernels,
        Resources links,
        Resources whole,
        List<Use> uses,
        long cycles,
        double clock,
        long bitsIn,
        long bitsOut) {
    private static final String LARGE = "large memories";

    /// A kernel.
    ///
    /// @param label what it computes
    /// @param multiplications how many it does in each cycle
    /// @param cycles that it takes for a frame
    public record Part(String label, long multiplications, long cycles, Resources resources) {}

    public Fit {
        kernels = List.copyOf(kernels);
        uses = List.copyOf(uses);
    }

    /// @throws dev.sinter.ir.diag.CompileException if nothing is known of the chip's cells
    public static Fit of(Design design, Target target) {
        CellModel cells = CellModel.of(target);
        List<Part> kernels = new ArrayList<>();
        for (KernelModule module : design.modules()) {
            kernels.add(
                    new Part(module.label(), module.multipliers(), module.cycles(), cells.resources(module.parts())));
        }
        Resources links = cells.resources(TopPrinter.print(design).parts());
        Resources whole = kernels.stream().map(Part::resources).reduce(links, Resources::plus);
        return new Fit(
                kernels,
                links,
                whole,
                uses(whole, target),
                design.interval(),
                target.clock(),
                bits(design.inputs()),
                bits(design.outputs()));
    }

    /// @throws dev.sinter.ir.diag.CompileException if nothing is known of the chip's cells
    public static void require(Target target) {
        CellModel.of(target);
    }

    /// How much of a chip something takes.
    static List<Use> uses(Resources whole, Target target) {
        CellModel cells = CellModel.of(target);
        Target.Fpga chip = target.fpga().orElseThrow();
        List<Use> uses = new ArrayList<>();
        uses.add(new Use("logic cells", cells.logicCells(whole), chip.logicCells()));
        uses.add(new Use(
                "registers",
                whole.registers(),
                chip.logicCells() * cells.registers().perCell()));
        uses.add(new Use("multipliers", whole.multipliers(), chip.dsps()));
        uses.add(new Use(
                "block RAMs",
                whole.blockRams(),
                chip.blockRamBits() / cells.memories().blockBits()));
        uses.add(new Use(LARGE, whole.largeRams(), Loading.available(chip)));
        uses.removeIf(use -> use.used() == 0 && use.available() == 0);
        return uses;
    }

    private static long bits(List<Design.Stream> streams) {
        return streams.stream()
                .mapToLong(stream -> (long) stream.order().length * stream.elementBits())
                .sum();
    }

    /// The same at another clock.
    public Fit at(double otherClock) {
        return new Fit(kernels, links, whole, uses, cycles, otherClock, bitsIn, bitsOut);
    }

    /// True if the chip has all that the design takes.
    public boolean fits() {
        return binding().share() <= 1;
    }

    /// What is scarcest. Large memories are not: of those as many are taken as there are, and no more.
    public Use binding() {
        return uses.stream()
                .filter(use -> !use.name().equals(LARGE))
                .max(Comparator.comparingDouble(Use::share))
                .orElseThrow();
    }

    /// How many frames a second, if nobody outside makes it wait.
    public double framesPerSecond() {
        return clock / cycles;
    }

    /// How many bytes a second come in and go out at that speed: there is no other memory outside.
    public double bandwidth() {
        return (bitsIn + bitsOut) * framesPerSecond() / Byte.SIZE;
    }
}
