package dev.sinter.backend.fpga;

import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which memories of constants are empty at first and loaded when the hardware starts: those that are put where a
/// bitstream cannot put anything, in large memories of one port.
final class Loading {
    /// What is loaded comes in bytes.
    private static final int WORD_BITS = 8;

    /// A large memory has so many of them (iCE40 UltraPlus; other vendors' are larger).
    private static final long BLOCK_WORDS = 32_768;

    /// Smaller ones are better off elsewhere.
    private static final int FEWEST_WORDS = 512;

    private Loading() {}

    /// How many large memories hold so many words.
    static long blocks(long words) {
        return Math.ceilDiv(words, BLOCK_WORDS);
    }

    /// How many large memories a chip has.
    static long available(Target.Fpga fpga) {
        return fpga.largeRamBits() / (BLOCK_WORDS * WORD_BITS);
    }

    /// The largest of them, as far as there is room.
    static Set<Rom> of(Target target, List<Rom> roms) {
        long blocks = target.fpga().map(Loading::available).orElse(0L);
        List<Rom> largest = new ArrayList<>(roms);
        largest.removeIf(rom -> rom.words().length < FEWEST_WORDS || Signal.stored(rom.range()) > WORD_BITS);
        largest.sort(Comparator.comparingInt((Rom rom) -> rom.words().length).reversed());
        Set<Rom> loaded = new LinkedHashSet<>();
        for (Rom rom : largest) {
            long own = blocks(rom.words().length);
            if (own <= blocks) {
                loaded.add(rom);
                blocks -= own;
            }
        }
        return loaded;
    }
}
