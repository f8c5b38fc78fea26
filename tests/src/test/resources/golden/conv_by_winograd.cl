// target: avx512
// sinter.graph 1
// graph conv_by_winograd {
//   %x: f32[1,16,8,8] = input
//   %w: f32[16,16,3,3] = constant random 1
//   %b: f32[16] = constant random 2
//   %y: f32[1,16,8,8] = conv(%x, %w, %b) pads=[1,1,1,1]
//   %z: f32[1,16,8,8] = relu(%y)
//   %p: f32[1,16,4,4] = max_pool(%z) kernel=[2,2] strides=[2,2]
//   return %p
// }
//
// schedule of p
//   winograd2_rows: registers at winograd2_input 2; j demand serial, a demand unroll, ic 16 vector
//   winograd2_input: registers at max_pool 1; th demand serial, tw demand serial, a demand serial, b demand unroll, ic 16 vector
//   winograd2_product: registers at max_pool 1; a demand serial, b demand serial, ic 16 serial, th demand unroll, tw demand unroll, c 16 vector
//   winograd2_columns: registers at max_pool 3; b demand serial, i demand unroll, c 16 vector
//   conv: inline
//   relu: inline
//   max_pool: buffer; h 2:2 global 0, h 2 serial, w 4 serial, kh 2 unroll, kw 2 unroll, c 16 vector

static inline float16 gather_float16(__global const float* p, const long stride) {
    return (float16)(p[0 * stride], p[1 * stride], p[2 * stride], p[3 * stride], p[4 * stride], p[5 * stride], p[6 * stride], p[7 * stride], p[8 * stride], p[9 * stride], p[10 * stride], p[11 * stride], p[12 * stride], p[13 * stride], p[14 * stride], p[15 * stride]);
}
static inline float16 larger_float16(float16 a, float16 b) { return ((a < b) | (b != b)) ? b : a; }
static inline float16 larger_than_constant_float16(float16 a, float16 b) { return a < b ? b : a; }
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
void k_winograd2_rows_winograd2_input_w(__global const float* restrict x0,
        __global const float* restrict w0,
        __global const float* restrict w1,
        __global float* restrict y0) {
    const long ho = get_global_id(0);
    float v_winograd2_input[1][4][4][2][4][16];
    for (long th = 0; th < 2; ++th) {
        for (long tw = 0; tw < 4; ++tw) {
            float16 v_winograd2_rows[1][4][4][1][1];
            for (long j = 0; j < 4; ++j) {
                v_winograd2_rows[0][0][j][0][0] = (gather_float16(x0 + ho * 40 + th * 20 + tw * 2 + j, 100) - gather_float16(x0 + ho * 40 + th * 20 + tw * 2 + j + 20, 100));
                v_winograd2_rows[0][1][j][0][0] = (gather_float16(x0 + ho * 40 + th * 20 + tw * 2 + j + 20, 100) + gather_float16(x0 + ho * 40 + th * 20 + tw * 2 + j + 10, 100));
                v_winograd2_rows[0][2][j][0][0] = (gather_float16(x0 + ho * 40 + th * 20 + tw * 2 + j + 20, 100) - gather_float16(x0 + ho * 40 + th * 20 + tw * 2 + j + 10, 100));
                v_winograd2_rows[0][3][j][0][0] = (gather_float16(x0 + ho * 40 + th * 20 + tw * 2 + j + 10, 100) - gather_float16(x0 + ho * 40 + th * 20 + tw * 2 + j + 30, 100));
            }
            for (long a = 0; a < 4; ++a) {
                vstore16((v_winograd2_rows[0][a][0][0][0] - v_winograd2_rows[0][a][2][0][0]), 0, &v_winograd2_input[0][a][0][th][tw][0]);
                vstore16((v_winograd2_rows[0][a][2][0][0] + v_winograd2_rows[0][a][1][0][0]), 0, &v_winograd2_input[0][a][1][th][tw][0]);
                vstore16((v_winograd2_rows[0][a][2][0][0] - v_winograd2_rows[0][a][1][0][0]), 0, &v_winograd2_input[0][a][2][th][tw][0]);
                vstore16((v_winograd2_rows[0][a][1][0][0] - v_winograd2_rows[0][a][3][0][0]), 0, &v_winograd2_input[0][a][3][th][tw][0]);
            }
        }
    }
    float16 v_winograd2_product[1][4][4][2][4];
    for (long a_2 = 0; a_2 < 4; ++a_2) {
        for (long b = 0; b < 4; ++b) {
            float16 acc[2][4];
            #pragma unroll
            for (long th_2 = 0; th_2 < 2; ++th_2) {
                #pragma unroll
                for (long tw_2 = 0; tw_2 < 4; ++tw_2) {
                    acc[th_2][tw_2] = (float16)(0.0f);
                }
            }
            for (long ic = 0; ic < 16; ++ic) {
                #pragma unroll
                for (long th_2 = 0; th_2 < 2; ++th_2) {
                    #pragma unroll
                    for (long tw_2 = 0; tw_2 < 4; ++tw_2) {
                        acc[th_2][tw_2] = fma((float16)(v_winograd2_input[0][a_2][b][th_2][tw_2][ic]), vload16(0, w0 + a_2 * 1024 + b * 256 + ic * 16), acc[th_2][tw_2]);
                    }
                }
            }
            #pragma unroll
            for (long th_2 = 0; th_2 < 2; ++th_2) {
                #pragma unroll
                for (long tw_2 = 0; tw_2 < 4; ++tw_2) {
                    v_winograd2_product[0][a_2][b][th_2][tw_2] = acc[th_2][tw_2];
                }
            }
        }
    }
    for (long hi = 0; hi < 2; ++hi) {
        for (long w = 0; w < 4; ++w) {
            float16 v_winograd2_columns[1][2][4][1][1];
            for (long b_2 = 0; b_2 < 4; ++b_2) {
                v_winograd2_columns[0][0][b_2][0][0] = ((v_winograd2_product[0][0][b_2][hi][w] + v_winograd2_product[0][1][b_2][hi][w]) + v_winograd2_product[0][2][b_2][hi][w]);
                v_winograd2_columns[0][1][b_2][0][0] = ((v_winograd2_product[0][1][b_2][hi][w] - v_winograd2_product[0][2][b_2][hi][w]) - v_winograd2_product[0][3][b_2][hi][w]);
            }
            float16 acc_2;
            acc_2 = (float16)(-INFINITY);
            #pragma unroll
            for (long kh = 0; kh < 2; ++kh) {
                acc_2 = larger_float16(acc_2, larger_than_constant_float16((((v_winograd2_columns[0][kh][0][0][0] + v_winograd2_columns[0][kh][1][0][0]) + v_winograd2_columns[0][kh][2][0][0]) + vload16(0, w1 + 0)), (float16)(0.0f)));
                acc_2 = larger_float16(acc_2, larger_than_constant_float16((((v_winograd2_columns[0][kh][1][0][0] - v_winograd2_columns[0][kh][2][0][0]) - v_winograd2_columns[0][kh][3][0][0]) + vload16(0, w1 + 0)), (float16)(0.0f)));
            }
            scatter_float16(acc_2, 16, y0 + ho * 8 + hi * 4 + w, 16);
        }
    }
}
