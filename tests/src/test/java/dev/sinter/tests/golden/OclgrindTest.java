package dev.sinter.tests.golden;

import dev.sinter.ir.graph.GraphParser;
import dev.sinter.tests.support.OclgrindDevice;
import dev.sinter.tests.support.SampleTargets;
import dev.sinter.tests.verify.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Printed kernels, run by somebody else's simulator: single work-item ones as an FPGA's compiler would get them, and
/// ND-ranges for a GPU and a CPU. None that takes every other element of a vector: oclgrind 21.10 dies of `.even` where
/// it may not optimise.
@NullMarked
@Tag("oclgrind")
class OclgrindTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    @ParameterizedTest
    @CsvSource({
        "conv_relu_max_pool_single_task, fpga",
        "conv_padded_by_loop_bounds_single_task, fpga",
        "softmax, fpga",
        "average_pool_leaves_padding_out, fpga",
        "transposed_conv, fpga",
        "transpose_and_reshape_with_divisions, fpga",
        "concat_of_blocks, fpga",
        "conv_relu_max_pool_single_task, gpu",
        "transposed_conv, gpu",
        "conv_max_pool_by_rings_and_a_channel, fpga",
        "conv_max_pool_by_rings_and_a_channel, gpu",
        "conv_relu_max_pool_in_local_memory, gpu",
        "softmax_as_a_tree, gpu",
        "residual_add, gpu",
        "concat_of_blocks, avx2",
        "residual_add, avx2",
        "conv_relu_max_pool_by_a_ring, avx2",
        "average_pool_leaves_padding_out, gpu",
    })
    void oclgrind_finds_nothing_wrong_and_results_are_right(String name, String target, @TempDir Path folder)
            throws IOException {
        OclgrindDevice.assume();
        String text = Files.readString(FOLDER.resolve(name + ".sir"));
        Verified.bounded(
                GraphParser.parse(text, name + ".sir"), new OclgrindDevice(SampleTargets.named(target), folder));
    }
}
