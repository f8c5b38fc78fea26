// target: avx512
// sinter.graph 1
// graph compared_and_chosen {
//   %x: f32[1,16,4,8] = input
//   %mask: bool[1,16,4,8] = input
//   %zero: f32[] = constant [0]
//   %positive = greater(%x, %zero)
//   %rectified = where(%positive, %x, %zero)
//   %y = where(%mask, %rectified, %x)
//   return %y
// }
//
// schedule of y
//   where: inline
//   greater: inline
//   where#2: buffer; c 8:2 global 0, c 2 unroll, h 4 unroll, w 8 vector


__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void k_greater_where_where(__global const uchar* restrict x0,
        __global const float* restrict x1,
        __global const float* restrict w0,
        __global float* restrict y0) {
    const long co = get_global_id(0);
    #pragma unroll
    for (long ci = 0; ci < 2; ++ci) {
        #pragma unroll
        for (long h = 0; h < 4; ++h) {
            vstore8((convert_int8(min(vload8(0, x0 + co * 64 + ci * 32 + h * 8), (uchar8)(1)) == (uchar8)(0)) ? vload8(0, x1 + co * 64 + ci * 32 + h * 8) : ((float8)(w0[0]) < vload8(0, x1 + co * 64 + ci * 32 + h * 8) ? vload8(0, x1 + co * 64 + ci * 32 + h * 8) : (float8)(w0[0]))), 0, y0 + co * 64 + ci * 32 + h * 8);
        }
    }
}
