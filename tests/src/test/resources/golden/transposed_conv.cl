// target: gpu
// sinter.graph 1
// graph transposed_conv {
//   %x: f32[1,8,5,5] = input
//   %w: f32[8,4,3,3] = constant random 1
//   %y: f32[1,4,10,10] = conv_transpose(%x, %w) strides=[2,2] pads=[1,1,1,1] output_pads=[1,1]
//   return %y
// }
//
// schedule of y
//   conv_transpose: buffer; h 10 global 1, w 1:10 global 0, w 10 local 0, ic 8 serial, kh 3 serial, kw 3 serial, c 4 unroll


__kernel __attribute__((reqd_work_group_size(10, 1, 1)))
void k_conv_transpose(__global const float* restrict x0,
        __global const float* restrict w0,
        __global float* restrict y0) {
    const int wi = get_local_id(0);
    const int h = get_global_id(1);
    float acc[4];
    #pragma unroll
    for (int c = 0; c < 4; ++c) {
        acc[c] = 0.0f;
    }
    for (int ic = 0; ic < 8; ++ic) {
        for (int kh = 0; kh < 3; ++kh) {
            for (int kw = 0; kw < 3; ++kw) {
                #pragma unroll
                for (int c = 0; c < 4; ++c) {
                    acc[c] = fma(((((wi - kw + 3) % 2) < 1) ? ((((h - kh + 3) % 2) < 1) ? ((((h - kh + 3) / 2) - 1 >= 0 && ((h - kh + 3) / 2) - 1 < 5) ? ((((wi - kw + 3) / 2) - 1 >= 0 && ((wi - kw + 3) / 2) - 1 < 5) ? x0[ic * 25 + ((h - kh + 3) / 2) * 5 + ((wi - kw + 3) / 2) - 6] : 0.0f) : 0.0f) : 0.0f) : 0.0f), w0[ic * 36 + c * 9 + kh * 3 + kw], acc[c]);
                }
            }
        }
    }
    #pragma unroll
    for (int c = 0; c < 4; ++c) {
        y0[c * 100 + h * 10 + wi] = acc[c];
    }
}
