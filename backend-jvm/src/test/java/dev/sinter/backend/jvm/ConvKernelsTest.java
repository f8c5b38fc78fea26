package dev.sinter.backend.jvm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.Op;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ConvKernelsTest {
    @Property(tries = 150)
    void any_convolution_and_pool_under_any_tile_computes_what_the_evaluator_does(
            @ForAll("convolutions") TiledConv conv, @ForAll boolean extreme) {
        Evaluated.assertSameBits(kernel(conv), extreme ? Evaluated.extreme(1) : Evaluated.normal(1));
    }

    private static Kernel kernel(TiledConv conv) {
        try {
            return conv.kernel();
        } catch (CompileException unfit) {
            Assume.that(unfit.code() != Code.SHAPE_WINDOW && unfit.code() != Code.SCHEDULE_ILLEGAL);
            throw unfit;
        }
    }

    @Provide
    Arbitrary<TiledConv> convolutions() {
        Arbitrary<Conv> convs = Combinators.combine(
                        Arbitraries.longs().between(1, 2),
                        Arbitraries.longs().between(0, 2),
                        Arbitraries.longs().between(1, 2),
                        Arbitraries.longs().between(1, 2))
                .as((stride, pad, dilation, groups) -> new Conv(
                        List.of(stride, stride), List.of(pad, pad, pad, pad), List.of(dilation, dilation), groups));
        Arbitrary<Optional<Op>> pools = Combinators.combine(
                        Arbitraries.longs().between(2, 3),
                        Arbitraries.longs().between(1, 3),
                        Arbitraries.longs().between(0, 1),
                        Arbitraries.integers().between(0, 2))
                .as((size, stride, pad, kind) -> switch (kind) {
                    case 0 -> Optional.empty();
                    case 1 -> Optional.of(TiledConv.maxPool(size, stride, pad));
                    default -> Optional.of(TiledConv.averagePool(size, stride, pad));
                });
        Arbitrary<List<Long>> extents = Combinators.combine(
                        Arbitraries.longs().between(1, 2),
                        Arbitraries.longs().between(1, 3),
                        Arbitraries.longs().between(1, 3),
                        Arbitraries.longs().between(3, 8),
                        Arbitraries.longs().between(1, 3))
                .as((batch, channels, outputs, size, kernel) -> List.of(batch, channels, outputs, size, kernel));
        return Combinators.combine(
                        extents,
                        convs,
                        pools,
                        Arbitraries.of(1, 4, 8, 16),
                        Arbitraries.longs().between(1, 4),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((extent, conv, pool, lanes, columns, halo, unrolled) -> new TiledConv(
                        List.of(extent.get(0), extent.get(1) * conv.groups(), extent.get(3), extent.get(3) + 1),
                        List.of(extent.get(2) * conv.groups(), extent.get(1), extent.get(4), extent.get(4)),
                        conv,
                        pool,
                        lanes,
                        columns,
                        halo,
                        unrolled));
    }

    private static TiledConv large(long kernel, long columns, boolean halo, boolean unrolled) {
        Conv conv = Conv.of(1, kernel / 2);
        return new TiledConv(
                List.of(1L, 64L, 28L, 28L),
                List.of(64L, 64L, kernel, kernel),
                conv,
                Optional.of(TiledConv.maxPool(2, 2, 0)),
                16,
                columns,
                halo,
                unrolled);
    }

    @Test
    void every_method_is_small_enough_to_be_compiled() {
        for (long kernel : new long[] {1, 3, 5, 7, 11}) {
            for (long columns : new long[] {1, 4, 7, 14}) {
                for (boolean halo : new boolean[] {true, false}) {
                    for (boolean unrolled : new boolean[] {true, false}) {
                        TiledConv conv = large(kernel, columns, halo, unrolled);
                        MethodSize size = JvmKernel.compile(conv.kernel()).methodSize();
                        assertTrue(size.isCompilable(), () -> conv + " takes " + size);
                    }
                }
            }
        }
    }
}
