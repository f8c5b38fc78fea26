package dev.sinter.tests.operator;

import static dev.sinter.tests.operator.Sample.of;
import static dev.sinter.tests.operator.Sample.w;
import static dev.sinter.tests.operator.Sample.x;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Sums over whole dimensions: matrix products, reductions, softmax, normalisation across channels.
@NullMarked
final class ReductionSamples {
    static final List<Sample> ALL = List.of(
            of("gemm", "gemm", "alpha=1 beta=1 transpose_a=false transpose_b=false", x(3, 5), w(5, 17), w(17)),
            of(
                    "fully_connected",
                    "gemm",
                    "alpha=1 beta=1 transpose_a=false transpose_b=true",
                    x(1, 33),
                    w(16, 33),
                    w(16)),
            of("gemm_transposed_left", "gemm", "alpha=1 beta=1 transpose_a=true transpose_b=false", x(5, 7), w(5, 16)),
            of(
                    "gemm_transposed_both",
                    "gemm",
                    "alpha=0.5 beta=2 transpose_a=true transpose_b=true",
                    x(5, 3),
                    x(7, 5),
                    w(3, 1)),
            of(
                    "gemm_of_a_scalar_c",
                    "gemm",
                    "alpha=2 beta=0.5 transpose_a=false transpose_b=true",
                    x(2, 5),
                    w(33, 5),
                    x(1)),
            of(
                    "gemm_of_a_full_c",
                    "gemm",
                    "alpha=1 beta=-1 transpose_a=false transpose_b=false",
                    x(7, 3),
                    x(3, 5),
                    x(7, 5)),
            of(
                    "gemm_of_an_ignored_c",
                    "gemm",
                    "alpha=1 beta=0 transpose_a=false transpose_b=true",
                    x(3, 4),
                    w(5, 4),
                    w(5)),
            of("matmul_of_vectors", "matmul", "", x(17), x(17)),
            of("matmul_of_vector_and_matrix", "matmul", "", x(5), w(5, 33)),
            of("matmul_of_matrix_and_vector", "matmul", "", x(7, 5), x(5)),
            of("matmul", "matmul", "", x(3, 16), w(16, 17)),
            of("matmul_of_batches", "matmul", "", x(2, 3, 5), x(2, 5, 7)),
            of("matmul_of_a_batch_and_a_matrix", "matmul", "", x(3, 5, 2), w(2, 16)),
            of("matmul_of_a_matrix_and_a_batch", "matmul", "", x(5, 2), x(3, 2, 7)),
            of("matmul_of_a_vector_and_a_batch", "matmul", "", x(4), x(3, 4, 5)),
            of("matmul_of_stretched_batches", "matmul", "", x(2, 1, 3, 5), x(1, 3, 5, 7)),
            of("matmul_of_rank_4", "matmul", "", x(1, 2, 5, 3), w(1, 2, 3, 16)),
            of("reduce_sum_of_rows", "reduce_sum", "axes=[-1] keep_dims=false", x(3, 5, 33)),
            of("reduce_sum_of_channels", "reduce_sum", "axes=[1] keep_dims=true", x(2, 17, 3, 5)),
            of("reduce_sum_to_a_scalar", "reduce_sum", "axes=[0,1,2] keep_dims=false", x(2, 3, 5)),
            of("reduce_mean_of_images", "reduce_mean", "axes=[2,3] keep_dims=true", x(2, 16, 5, 7)),
            of("reduce_mean_of_batch_and_rows", "reduce_mean", "axes=[0,-2] keep_dims=false", x(3, 5, 7, 2)),
            of("reduce_mean_without_dims", "reduce_mean", "axes=[3,2] keep_dims=false", x(1, 17, 3, 3)),
            of("reduce_max_of_images", "reduce_max", "axes=[2,3] keep_dims=true", x(1, 33, 5, 3)),
            of("reduce_max_of_the_first", "reduce_max", "axes=[0] keep_dims=false", x(5, 16)),
            of("log_sum_exp_of_rows", "reduce_log_sum_exp", "axes=[1] keep_dims=true", x(17, 37)),
            of("log_sum_exp_of_channels", "reduce_log_sum_exp", "axes=[1] keep_dims=false", x(2, 19, 5, 3)),
            of("log_sum_exp_of_all", "reduce_log_sum_exp", "axes=[0,1,2] keep_dims=false", x(3, 5, 7)),
            of("reduce_max_of_a_vector", "reduce_max", "axes=[0] keep_dims=true", x(13)),
            of("softmax", "softmax", "axis=1", x(3, 10)),
            of("softmax_of_1000_classes", "softmax", "axis=-1", x(1, 1000)),
            of("softmax_of_channels", "softmax", "axis=1", x(2, 17, 3, 5)),
            of("softmax_of_rows", "softmax", "axis=-2", x(1, 3, 7, 5)),
            of("softmax_of_the_first", "softmax", "axis=0", x(5, 33)),
            of("softmax_of_a_vector", "softmax", "axis=0", x(16)),
            of("softmax_of_one", "softmax", "axis=1", x(2, 1, 3)),
            of("lrn", "lrn", "size=5 alpha=0.0001 beta=0.75 bias=1", x(1, 17, 3, 5)),
            of("lrn_of_even_size", "lrn", "size=4 alpha=0.5 beta=0.5 bias=2", x(2, 7, 3, 3)),
            of("lrn_of_all_channels", "lrn", "size=9 alpha=1 beta=0.75 bias=1", x(1, 3, 5, 7)),
            of("lrn_of_each_channel", "lrn", "size=1 alpha=0.1 beta=1 bias=1", x(1, 16, 5)));

    private ReductionSamples() {}
}
