package dev.sinter.tests.support;

import dev.sinter.ir.schedule.Target;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// Targets that tests compile for. They are fixed, so that what is compiled does not change with the machine.
@NullMarked
public final class SampleTargets {
    public static final Target AVX512 = cpu("avx512", 16, 32);
    public static final Target AVX2 = cpu("avx2", 8, 16);
    public static final Target SCALAR = cpu("scalar", 1, 16);
    public static final Target GPU = new Target(
            "gpu",
            Target.Kind.GPU,
            1,
            64,
            32,
            16,
            1.5e9,
            256,
            8L << 30,
            400e9,
            48 << 10,
            4 << 20,
            5e-6,
            Optional.empty());
    public static final Target FPGA = new Target(
            "fpga",
            Target.Kind.FPGA,
            1,
            1024,
            1,
            1,
            200e6,
            512,
            2L << 30,
            17e9,
            0,
            0,
            50e-6,
            Optional.of(new Target.Fpga(400_000, 1500, 50_000_000, "aoc")));

    private SampleTargets() {}

    private static Target cpu(String name, int lanes, int registers) {
        return new Target(
                name,
                Target.Kind.CPU,
                lanes,
                registers,
                1,
                2,
                2.6e9,
                4.0 * lanes,
                8L << 30,
                15e9,
                1 << 20,
                32 << 20,
                12e-6,
                Optional.empty());
    }

    public static Target named(String name) {
        return switch (name) {
            case "avx512" -> AVX512;
            case "avx2" -> AVX2;
            case "scalar" -> SCALAR;
            case "gpu" -> GPU;
            case "fpga" -> FPGA;
            default -> throw new IllegalArgumentException("no sample target is called " + name);
        };
    }
}
