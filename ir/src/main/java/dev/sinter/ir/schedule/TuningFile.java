package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.CompileException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Schedules that were measured to be the fastest, as text that can be read, compared and kept.
///
/// ```
/// sinter.tuning 1
///
/// target pocl-avx512
///   device "AMD EPYC"
///   driver "3.1"
///   units 2
///   sinter "0.1.0"
///
/// kernel 3fa4c1d2e5f60718
///   # p: 0.412 ms, was 0.530 ms
///   conv: registers at max_pool 3; ic 3 serial, kh 3 serial, kw 3 serial
///   relu: inline
///   max_pool: buffer; c 8 global 2, h 6 global 1, w 6 global 0, kh 2 unroll, kw 2 unroll
/// ```
///
/// @param name what messages call it
public record TuningFile(String name, List<TuningTable> tables) {
    static final String FORMAT = "sinter.tuning";
    static final String VERSION = "1";
    static final String TARGET = "target";
    static final String DEVICE = "device";
    static final String DRIVER = "driver";
    static final String UNITS = "units";
    static final String SINTER = "sinter";
    static final String KERNEL = "kernel";

    public TuningFile {
        tables = List.copyOf(tables);
    }

    /// A file that has nothing yet.
    public static TuningFile empty(String name) {
        return new TuningFile(name, List.of());
    }

    /// @param name what messages call the text
    /// @throws CompileException if it cannot be read, or has something twice; it names line and column
    public static TuningFile parse(String text, String name) {
        return new TuningFile(name, new TuningParser(text, name).tables());
    }

    public String print() {
        return FORMAT + " " + VERSION + "\n"
                + tables.stream().map(table -> "\n" + table.print()).collect(Collectors.joining());
    }

    /// This file with a table in place of that for the same device. What another version of Sinter measured there goes:
    /// nobody would use it.
    public TuningFile with(TuningTable table) {
        List<TuningTable> all = new ArrayList<>(tables);
        all.removeIf(other -> other.device().equals(table.device()));
        all.add(table);
        return new TuningFile(name, all);
    }
}
