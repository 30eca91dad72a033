import type { Lexicon } from './lexicon.ts';

/** Spanish. */
export const spanish: Lexicon = {
  override:
    'ignora, ignore, ignorar, ignorad, ignorando, ignores, olvida, olvide, olvidar, olvídate, olvídese, olvidad, olvides, desobedec*, desatiend*, omite, omitir, pasa por no sigas, no siga, no hagas caso, haz caso omiso, haga caso omiso, elude, eludir, evade, evadir, salta, sáltate, saltarte, saltar, anula, anular, invalida, sobrescribe, deja de seguir, deja de obedecer, deja de lado, prescinde, quedan anuladas, ya no se aplican, no se aplican, no tengas en cuenta, no tenga en cuenta, descarta, descartar, rompe, libérate, liberado de, libre de, ya no eres, más importantes que, deja a un lado, dejad de lado, no obedezcas, no respetes, no respete, viola, quebranta, no cuentan, ya no cuentan, ya no valen, no valen, quedan sin efecto, sin efecto, no importa, no importan, desestima, desecha, tira, deja sin efecto, salte, sal de',
  weakOverride:
    'borra, borrar, borre, elimina, eliminar, elimine, cancela, cancelar, desactiva, desactivar, desactive, quita, quitar, suprime, deshabilita*, apaga, apagar, reemplaza, sustituye, cambia, modifica, reinicia, detén, para de',
  prior:
    'anterior, anteriores, anteriormente, previa, previas, previo, previos, de arriba, arriba, precedente*, hasta ahora, antes, original, originales, inicial, iniciales, pasadas, última, últimas, último, últimos, recibidas, que te dieron, que recibiste, que has recibido, existentes',
  all: 'todas, todos, todo lo, toda la, toda, cualquier, cualquiera, cada, completo, completa, íntegro, todo el',
  instruction:
    'instrucción, instrucciones, regla, reglas, directriz, directrices, órdenes, indicación, indicaciones, prompt, mensaje de sistema, mensaje del sistema, normas, directivas, lineamientos, pautas, consigna, consignas, programación, protocolo, protocolos, comandos, configuración, encargo, preceptos, mandatos, guía, guías, texto inicial, mensaje inicial, configuración inicial',
  restriction:
    'restricción, restricciones, límite, límites, limitaciones, filtro, filtros, seguridad, censura, ética, éticas, éticos, moral, morales, política, políticas, barreras, salvaguardas, moderación',
  own: 'tus, tu, sus, su, tuyas, vuestras, del asistente',
  you: 'tú, te, ti, usted, eres, estás, debes, deberías, tienes que',
  hidden:
    'sistema, del sistema, oculto, oculta, ocultas, ocultos, secreto, secreta, secretas, interno, interna, internas, confidencial*, inicial, iniciales, palabra por palabra, textualmente, literalmente, exacto, exacta, exactas, exactamente, primera, originales',
  reveal:
    'revela, revelar, revele, revélame, muestra, mostrar, muestre, muéstrame, enseña, enséñame, imprime, imprimir, repite, repetir, repita, dime, díme, dame, divulga, traduce, traducir, resume, resumir, copia, escribe, cuéntame, filtra, expón, cuál es, cuáles son, cuál era, cuáles eran, cuáles fueron, qué dice, qué dicen, transcribe, describe, lista, cita, comparte, qué instrucciones, qué reglas, suelta, enumera, recita, léeme, en inglés, en español, al inglés, al francés, quiero ver, quiero saber, déjame ver, explícame tus, cuenta',
  become:
    'ahora eres, a partir de ahora, de ahora en adelante, desde ahora, actúa como, actúe como, actuar como, actúa, actuarás, finge, fingir, finja, haz como, hazte pasar, imagina que eres, imagina que, simula, simular, serás, eres ahora, juego de rol, juega el papel, haz el papel, asume el rol, asume el papel, adopta el papel, adopta el rol, interpreta, compórtate, responde como, habla como, te llamas, tu nuevo rol, tu nuevo papel, tu papel es, quiero que actúes, quiero que seas, quiero que respondas, vas a ser, vas a actuar, ya no eres, activa, activar, entra en, cambia a, conviértete, transfórmate, estás en modo, ahora estás, ponte en el papel, haz de, métete en el papel, transformarte, pasa a ser, tu nueva identidad, tu nueva tarea es, sé un, sé una',
  freed:
    'sin restricciones, sin restricción, sin límites, sin límite, sin limitaciones, sin filtro, sin filtros, sin censura, sin ética, sin moral, sin reglas, sin normas, sin ninguna restricción, sin ningún filtro, sin ningún límite, no tiene restricciones, no tienes restricciones, no tienes límites, no tiene límites, no tienes reglas, irrestricto, irrestricta, ilimitado, ilimitada, malvado, malvada, sin escrúpulos, modo desarrollador, modo dios, modo administrador, modo depuración, libre de restricciones, jailbreak, liberada, amoral',
  machine:
    'ia, inteligencia artificial, asistente, asistentes, modelo, modelo de lenguaje, chatbot, robot, máquina, chatgpt, agente',
  authority:
    'desarrollador, desarrolladora, desarrolladores, administrador, administradora, autorizado, autorizada, root, creador, operador, mantenimiento',
  always:
    'debes, siempre, nunca, jamás, sin excepción, obligatoriamente, pase lo que pase, sin importar, obedece, obedecer, tienes que, bajo ninguna circunstancia, debe, deberás, no debes',
  only: 'solo, sólo, solamente, únicamente, exactamente, nada más, simplemente, en su lugar, en vez de eso, exclusivamente, tan solo, en cambio',
  say: 'y di, lugar di, vez di, cambio di, e di, luego di, después di, solo di, sólo di, di que, di solo, di la palabra, di las palabras, di exactamente, di simplemente, diga, decir, escribe, escriba, responde, responda, contesta, contesta con, responder, imprime, imprima, repite, devuelve, respuesta, respóndeme, dime, grita',
  secret:
    'contraseña, contraseñas, clave secreta, clave de api, claves api, claves de api, clave api, credenciales, código secreto, código de acceso, token de acceso, secretos, llave secreta, palabra secreta, palabra clave secreta, datos de los usuarios, datos de usuarios, datos de clientes, datos de los clientes, variables de entorno, clave de acceso, frase secreta',
  negation: 'no, nunca, jamás, ni, ninguna, ningún, sin, tampoco, no debes',
  task: 'tarea, tareas, recordatorio, recordatorios, cita, citas, reunión, reuniones, alarma, alarmas, correo, correos, mensaje, lista de compras, lista de la compra, mi lista, compra, compras, leche, huevos, calendario, reserva, reservas, evento, eventos, factura, facturas, llamada, médico, dentista, receta, pastel, paquete, vuelo, hotel, vacaciones, cumpleaños, lunes, martes, miércoles, jueves, viernes, sábado, domingo, mañana, recuérdame, estante, mueble, juego, niñera, mamá',
  send: 'envía, enviar, envíe, envíalos, envíalas, manda, mandar, mande, reenvía, reenviar, sube, subir, ejecuta, ejecutar, ejecute, transfiere, transferir, llama a la, descarga, publica, haz clic, visita, abre, añade, agrega, incluye',
  address: 'enlace, url, dirección, servidor, página, sitio, dirección externa, cuenta, herramienta, función',
  fiction:
    'hipotético, hipotética, hipotéticamente, historia, ficticio, ficticia, ficción, novela, escenario, película, escena, poema, personaje, cuento, abuela',
  text: 'texto, textos, palabras, frase, frases, mensajes, conversación, línea, líneas, contenido, entrada, párrafo, párrafos, contexto, documento, dicho, oración, historial',
  addressee:
    'nota para la ia, nota para el asistente, si eres una ia, si eres un modelo, si eres un asistente, asistentes de ia, sistemas de ia, a la ia, atención ia, querida ia, no le digas al usuario, no informes al usuario, sin decírselo al usuario, dile al usuario, informa al usuario, no menciones esto, el asistente debe, la ia debe, al asistente, a los asistentes, al modelo de lenguaje, instrucción para la ia, instrucciones para la ia, el modelo debe',
  told: 'dado, dada, dadas, dieron, dijeron, dicho, recibido, recibidas, recibiste, programado, programada, instruido, entrenado, han dado, te han, se te, configurado, sigues, seguir',
  fresh:
    'nuevo, nueva, nuevas, nuevos, ahora, verdadera, verdadero, real, reales, siguiente, siguientes, estas, mis, actualizadas, en su lugar',
  refuse:
    'niegues, negarte, negarse, rechaces, rechazar, rechazas, advertencia, advertencias, disculpas, te disculpes, censures, niegas, salgas del personaje',
  about:
    'susurró, murmuró, qué significa, que significa, significa, significado, explica, explícame, definición, cómo puedo, cómo se, cómo escribo, cómo hago, artículo, ejemplo, ejemplos, leer, libro, curso, charla, diferencia, consejos, aprender, por qué',
  scope: 'para, del, de la, de mi, de las, de los, sobre, en el, en la, en mi, con, al',
  keep: 'puedo, no olvides, no olvide, no olvidar, no ignores, no ignore, no ignorar, no te olvides, sin ignorar, no omitas, no omitir',
  harm: 'ilegal, ilegales, inmoral, dañino, dañina, peligroso, peligrosa, ofensivo, ofensiva, prohibido, prohibida, armas, bomba, drogas, hackear, violencia, violento',
};
