// target: avx512
// sinter.graph 1
// graph fully_connected {
//   %x: f32[1,256] = input
//   %w: f32[100,256] = constant random 1
//   %b: f32[100] = constant random 2
//   %y: f32[1,100] = gemm(%x, %w, %b) alpha=1.0 beta=1.0 transpose_a=false transpose_b=true
//   return %y
// }
//
// schedule of y
//   gemm: buffer; i1 7:16 global 0, k 256 serial, i1 16 vector

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
void k_gemm(__global const float* restrict x0,
        __global const float* restrict w0,
        __global const float* restrict w1,
        __global float* restrict y0) {
    const long i1o = get_global_id(0);
    float16 acc;
    acc = (float16)(0.0f);
    for (long k = 0; k < 256; ++k) {
        acc = fma((float16)(x0[k]), vload16(0, w0 + i1o * 4096 + k * 16), acc);
    }
    scatter_float16((acc + vload16(0, w1 + i1o * 16)), -i1o * 16 + 100, y0 + i1o * 16, 1);
}
