// target: avx512
// sinter.graph 1
// graph softmax {
//   %x: f32[4,10] = input
//   %y: f32[4,10] = softmax(%x) axis=1
//   return %y
// }
//
// schedule of y
//   softmax: buffer; i0 2:2 global 0, i0 2 unroll, i1 16 vector
//   softmax_max: registers at softmax 1; i1 10 serial, i0 demand unroll
//   softmax_sum: registers at softmax 1; i1 10 serial, i0 demand unroll

static inline float larger_float(float a, float b) { return (a < b) || (b != b) ? b : a; }
static inline void scatter_float16(const float16 lanes, const long count, __global float* p, const long stride) {
    float each[16];
    vstore16(lanes, 0, each);
    #pragma unroll
    for (int i = 0; i < 16; ++i) {
        if (i < count) {
            p[i * stride] = each[i];
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void k_softmax_max_softmax_sum_softmax(__global const float* restrict x0,
        __global float* restrict y0) {
    const long i0o = get_global_id(0);
    float v_softmax_max[2];
    #pragma unroll
    for (long i0 = 0; i0 < 2; ++i0) {
        v_softmax_max[i0] = -INFINITY;
    }
    for (long i1 = 0; i1 < 10; ++i1) {
        #pragma unroll
        for (long i0 = 0; i0 < 2; ++i0) {
            v_softmax_max[i0] = larger_float(v_softmax_max[i0], x0[i0o * 20 + i0 * 10 + i1]);
        }
    }
    float v_softmax_sum[2];
    #pragma unroll
    for (long i0_2 = 0; i0_2 < 2; ++i0_2) {
        v_softmax_sum[i0_2] = 0.0f;
    }
    for (long i1_2 = 0; i1_2 < 10; ++i1_2) {
        #pragma unroll
        for (long i0_2 = 0; i0_2 < 2; ++i0_2) {
            v_softmax_sum[i0_2] = (v_softmax_sum[i0_2] + exp((x0[i0o * 20 + i0_2 * 10 + i1_2] - v_softmax_max[i0_2])));
        }
    }
    #pragma unroll
    for (long i0i = 0; i0i < 2; ++i0i) {
        scatter_float16((exp(((float16)(x0[i0o * 20 + i0i * 10], x0[i0o * 20 + i0i * 10 + 1], x0[i0o * 20 + i0i * 10 + 2], x0[i0o * 20 + i0i * 10 + 3], x0[i0o * 20 + i0i * 10 + 4], x0[i0o * 20 + i0i * 10 + 5], x0[i0o * 20 + i0i * 10 + 6], x0[i0o * 20 + i0i * 10 + 7], x0[i0o * 20 + i0i * 10 + 8], x0[i0o * 20 + i0i * 10 + 9], x0[i0o * 20 + i0i * 10 + 9], x0[i0o * 20 + i0i * 10 + 9], x0[i0o * 20 + i0i * 10 + 9], x0[i0o * 20 + i0i * 10 + 9], x0[i0o * 20 + i0i * 10 + 9], x0[i0o * 20 + i0i * 10 + 9]) - (float16)(v_softmax_max[i0i]))) / (float16)(v_softmax_sum[i0i])), 10, y0 + i0o * 20 + i0i * 10, 1);
    }
}
