// target: fpga
// sinter.graph 1
// graph conv_padded_by_loop_bounds {
//   %x: f32[1,4,9,9] = input
//   %w: f32[4,4,3,3] = constant random 1
//   %y: f32[1,4,5,5] = conv(%x, %w) pads=[1,1,1,1] strides=[2,2]
//   return %y
// }
//
// schedule of y
//   conv: buffer; c 4 pipeline 1, h 5 pipeline 1, w 5 pipeline 1, ic 4 serial, kh 3 serial, kw 3 serial


__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void k_conv(__global const float* restrict x0,
        __global const float* restrict w0,
        __global float* restrict y0) {
    #pragma ii 1
    for (int c = 0; c < 4; ++c) {
        #pragma ii 1
        for (int h = 0; h < 5; ++h) {
            #pragma ii 1
            for (int w = 0; w < 5; ++w) {
                float acc;
                acc = 0.0f;
                for (int ic = 0; ic < 4; ++ic) {
                    for (int kh = max(-h * 2 + 1, (int)0); kh < min(-h * 2 + 10, (int)3); ++kh) {
                        for (int kw = max(-w * 2 + 1, (int)0); kw < min(-w * 2 + 10, (int)3); ++kw) {
                            acc = fma(x0[ic * 81 + h * 18 + kh * 9 + w * 2 + kw - 10], w0[c * 36 + ic * 9 + kh * 3 + kw], acc);
                        }
                    }
                }
                y0[c * 25 + h * 5 + w] = acc;
            }
        }
    }
}
