package dev.sinter.tests.fpga;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Quantize;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Named;

/// Small networks on integers, each with something that hardware could do wrong.
@NullMarked
final class IntegerNetworks {
    private final Graph.Builder builder;
    private Value last;
    private int count;

    private IntegerNetworks(String name, long channels, long height, long width) {
        builder = Graph.builder(name);
        Value image = builder.input("image", TensorType.of(ElementType.UINT8, 1, channels, height, width));
        last = builder.add("wide", new Cast(ElementType.INT32), image);
    }

    static List<Named<Graph>> all() {
        Conv plain = Conv.of(1, 0);
        Conv padded = Conv.of(1, 1);
        return List.of(
                named("a convolution", 3, 7, 6, network -> network.conv(4, 3, plain)),
                named("a padded convolution", 2, 6, 5, network -> network.conv(6, 3, padded)),
                named("a stride", 3, 9, 8, network -> network.conv(4, 3, Conv.of(2, 1))),
                named("a dilation", 2, 9, 9, network -> network.conv(3, 3, conv(0, 2, 1))),
                named("groups", 4, 6, 6, network -> network.conv(4, 3, conv(1, 1, 2))),
                named("a channel at a time", 4, 6, 7, network -> network.conv(4, 3, conv(1, 1, 4))),
                named(
                        "requantised",
                        3,
                        6,
                        6,
                        network -> network.conv(4, 3, padded).toBytes()),
                named(
                        "requantised to signed integers",
                        3,
                        6,
                        6,
                        network -> network.conv(4, 1, plain).requantize(-128, 127)),
                named("a maximum", 2, 8, 8, network -> network.pool(2, 2, 0)),
                named("windows that overlap", 2, 9, 9, network -> network.pool(3, 2, 1)),
                named(
                        "a convolution and its maximum",
                        1,
                        10,
                        10,
                        network -> network.conv(4, 3, plain).toBytes().pool(2, 2, 0)),
                named(
                        "a convolution and a maximum that overlaps",
                        2,
                        11,
                        11,
                        network -> network.conv(4, 3, padded).toBytes().pool(3, 2, 0)),
                named(
                        "two convolutions",
                        2,
                        8,
                        8,
                        network -> network.conv(4, 3, padded).toBytes().conv(6, 3, plain)),
                named(
                        "a flattened one",
                        2,
                        6,
                        6,
                        network -> network.conv(4, 3, plain).toBytes().dense(10)));
    }

    private static Conv conv(long pad, long dilation, long groups) {
        return new Conv(List.of(1L, 1L), List.of(pad, pad, pad, pad), List.of(dilation, dilation), groups);
    }

    private IntegerNetworks toBytes() {
        return requantize(0, 255);
    }

    private interface Body {
        IntegerNetworks apply(IntegerNetworks network);
    }

    private static Named<Graph> named(String name, long channels, long height, long width, Body body) {
        IntegerNetworks network = body.apply(new IntegerNetworks(name.replace(' ', '_'), channels, height, width));
        network.builder.output(network.last);
        return Named.of(name, network.builder.build());
    }

    private String next(String name) {
        return name + count++;
    }

    private IntegerNetworks then(Op op, Value... more) {
        Value[] operands = new Value[1 + more.length];
        operands[0] = last;
        System.arraycopy(more, 0, operands, 1, more.length);
        last = builder.add(next(op.mnemonic()), op, operands);
        return this;
    }

    private Value integers(long limit, long... dims) {
        TensorType type = TensorType.of(ElementType.INT32, dims);
        return builder.constant(next("weights"), RandomTensors.integers(type, -limit, limit, count));
    }

    private IntegerNetworks conv(long filters, long size, Conv conv) {
        long channels = last.type().shape().dim(1) / conv.groups();
        return then(conv, integers(127, filters, channels, size, size), integers(500, filters));
    }

    private IntegerNetworks dense(long outputs) {
        then(new Flatten(1));
        long inputs = last.type().shape().dim(1);
        return then(new Gemm(1, 1, false, true), integers(127, outputs, inputs), integers(500, outputs));
    }

    private IntegerNetworks pool(long size, long stride, long pad) {
        return then(new MaxPool(new Window(
                List.of(size, size), List.of(stride, stride), List.of(pad, pad, pad, pad), List.of(1L, 1L), false)));
    }

    /// Scales of each channel, as a quantised convolution has them.
    private IntegerNetworks requantize(long least, long most) {
        long channels = last.type().shape().dim(1);
        Tensor factors = RandomTensors.uniform(
                new TensorType(ElementType.FLOAT32, Shape.of(channels, 1, 1)), 0.001, 0.004, count);
        ElementType type = least < 0 ? ElementType.INT8 : ElementType.UINT8;
        then(new Cast(ElementType.FLOAT32));
        then(new Binary(Binary.Kind.MUL), builder.constant(next("factors"), factors));
        then(new Quantize(type, least, most));
        return then(new Cast(ElementType.INT32));
    }
}
