/* SPDX-License-Identifier: Apache-2.0
 * Between host.c (C99) and bench.cpp (the simulated macro). */
#ifndef HOST_H
#define HOST_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Of bench.cpp: accesses at the configuration port; cells through the weight port. */
int port_write(void* self, uint32_t address, uint64_t data);
int port_read(void* self, uint32_t address, uint64_t* data);
void write_cells(unsigned bank, unsigned row, const unsigned char* cells);

/* Of host.c: number of things that are not as they should be. */
int bring_up(void);

#ifdef __cplusplus
}
#endif

#endif
