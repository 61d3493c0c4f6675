import { esES } from './es-ES.ts';
import type { Messages } from './messages.ts';

/** Rioplatense Spanish: what differs from the Castilian texts, mostly the voseo. */
export const esAR: Messages = {
  ...esES,
  'app.skip': 'Ir al tablero',
  'nav.title': 'Tableros',
  'nav.show': 'Mostrar tableros',
  'toolbar.label': 'Herramientas del tablero',
  'export.done': 'Se descargó el archivo {name}.',
  'filter.ahead': 'Hacia adelante',
  'filters.add': 'Agregar filtro',
  'filters.none': 'Este tablero no tiene filtros.',
  'filters.readOnly': 'Podés ver estos filtros, pero no cambiarlos.',
  'chart.keysFilter': 'Las flechas leen los valores; Enter filtra por uno.',
  'error.token_malformed.hint':
    'Puede que se haya perdido una parte al copiarlo. Abrí otra vez el enlace original o pedí uno nuevo.',
  'error.token_refused.hint': 'Pedí uno nuevo a la persona o aplicación que te lo dio.',
  'error.token_expired.title': 'Este enlace venció',
  'error.token_expired.hint': 'Pedí uno nuevo a la persona o aplicación que te lo dio.',
  'error.token_not_yet_valid.title': 'Este enlace todavía no es válido',
  'error.token_not_yet_valid.hint': 'Va a empezar a funcionar más adelante. Probá entonces.',
  'error.token_revoked.title': 'Este enlace fue retirado',
  'error.token_revoked.hint': 'Si todavía necesitás acceso, pedí un enlace nuevo.',
  'error.token_used.title': 'Este enlace ya se usó',
  'error.token_used.hint': 'Solo se puede abrir una cantidad limitada de veces. Pedí uno nuevo.',
  'error.subject_unknown.title': 'Ya no tenés acceso',
  'error.subject_unknown.hint':
    'La cuenta de este enlace no existe. Contactá a la persona que te dio el enlace.',
  'error.too_many_sessions.title': 'Abierto en demasiados lugares',
  'error.too_many_sessions.hint': 'Cerrá otra pestaña que muestre estos tableros y probá de nuevo.',
  'error.no_access_pass.hint': 'Todos los pases de tu grupo están en uso. Probá más tarde.',
  'error.rate_limited.hint': 'Esperá un momento y probá de nuevo.',
  'error.session_ended.title': 'Tu sesión terminó',
  'error.session_ended.hint': 'Abrí el tablero de nuevo para continuar. Tus filtros se conservan.',
  'error.not_found.hint': 'Este tablero no existe o no tenés acceso a él.',
  'error.no_dashboards.title': 'No hay tableros',
  'error.no_dashboards.hint':
    'No se compartió ningún tablero con vos. Contactá a la persona que te dio acceso.',
  'error.bad_request.hint': 'Restablecé los filtros y probá de nuevo.',
  'error.query_failed.title': 'No se pudieron cargar los datos',
  'error.query_failed.hint':
    'Probá de nuevo. Si vuelve a pasar, avisá a la persona responsable de este tablero.',
  'error.query_timeout.title': 'Los datos tardaron demasiado',
  'error.query_timeout.hint': 'Probá de nuevo o acotá los filtros.',
  'error.network_down.hint': 'No se pudo acceder al servicio. Revisá tu conexión y probá de nuevo.',
  'error.server_error.title': 'Algo salió mal',
  'error.server_error.hint': 'La falla es nuestra. Probá de nuevo en un momento.',
  'error.host_silent.hint': 'La página que contiene este tablero no respondió. Volvé a cargarla.',
};
