package dev.sinter.tests.fuzz;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/// Names as exporters write them, and some that nobody should.
@NullMarked
final class Names {
    private static final List<String> ODD = List.of(
            " ",
            "\u00a0",
            "\u200b",
            "\t",
            "0",
            "-1",
            "%x",
            "a b",
            "/",
            "/block1/conv/Conv_output_0",
            "block1.conv:0",
            "onnx::Conv_12",
            "y/shape",
            "x/pads",
            "\u00e4\u4f60",
            "int",
            "float",
            "double",
            "half",
            "true",
            "kernel",
            "global",
            "input",
            "constant",
            "graph",
            "return",
            "get_global_id",
            "exp",
            "max",
            "class",
            "null",
            "x.y",
            "x-y",
            "'",
            "\"",
            "\\",
            "*/",
            "#",
            "$",
            "n".repeat(300));

    private final Random random;
    private final boolean odd;
    private final Set<String> taken = new HashSet<>();

    /// @param odd whether some names are odd
    Names(Random random, boolean odd) {
        this.random = random;
        this.odd = odd;
    }

    /// One that was not given before.
    String fresh() {
        String name = odd && random.nextInt(3) == 0 ? ODD.get(random.nextInt(ODD.size())) : "v" + taken.size();
        while (!taken.add(name)) {
            name += "_" + taken.size();
        }
        return name;
    }
}
